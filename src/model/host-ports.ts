import { isHolding } from './amounts.ts';
import type { Of } from './cluster.ts';

/** A port of its node that a pod asks for; `key` is the same for ports that exclude one another. */
type HostPort = { readonly port: number; readonly key: string; readonly path: string };

/** The ports of the node that a pod takes; with hostNetwork that is every port it declares. */
export function hostPortsOf({ spec }: Of<'pods'>): readonly HostPort[] {
  const { containers, initContainers, hostNetwork } = spec;
  const all = [
    ...containers.map((container, index) => ({ container, field: `spec.containers[${index}]` })),
    ...initContainers
      .map((container, index) => ({ container, field: `spec.initContainers[${index}]` }))
      .filter(({ container }) => container.restartPolicy === 'Always'),
  ];
  return all.flatMap(({ container, field }) =>
    container.ports.flatMap(({ hostPort, containerPort, protocol = 'TCP' }, index) => {
      const port = hostPort || (hostNetwork ? containerPort : undefined);
      return port ? [{ port, key: `${port}/${protocol}`, path: `${field}.ports[${index}]` }] : [];
    }),
  );
}

/** The placed pods that hold each port of their node, by the port's key. */
export function portHolders(pods: readonly Of<'pods'>[]): ReadonlyMap<string, readonly Holder[]> {
  const holders = new Map<string, Holder[]>();
  for (const pod of pods)
    if (pod.spec.nodeName && isHolding(pod))
      for (const { port, key, path } of hostPortsOf(pod)) {
        const known = holders.get(key);
        if (known) known.push({ pod, port, path });
        else holders.set(key, [{ pod, port, path }]);
      }
  return holders;
}

/** A pod that holds a port of its node, and the field that says so. */
type Holder = { readonly pod: Of<'pods'>; readonly port: number; readonly path: string };
