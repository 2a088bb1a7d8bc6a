import { integer, selectorOf } from './describe/draft.ts';
import { said } from './describe/outline.ts';

/** The cells of one row by column. */
export type Cells = Readonly<Record<string, string>>;
/** Sets a field of the object that a row is read into. */
export type Put = (path: string, value: unknown) => void;

/** The two numbers of `1/3`. */
export const pair = (text: string | undefined): readonly number[] =>
  /^(\d+)\/(\d+)$/
    .exec(text ?? '')
    ?.slice(1)
    .map(Number) ?? [];

/** Reads a Node's row. */
export function readNode(cells: Cells, set: Put): void {
  const states = (cells.STATUS ?? '').split(',');
  const ready = states.includes('Ready') ? 'True' : 'False';
  set('status.conditions', [{ type: 'Ready', status: ready }]);
  set('spec.unschedulable', states.includes('SchedulingDisabled'));
  set('status.nodeInfo.kubeletVersion', said(cells.VERSION));
  set('status.nodeInfo.osImage', said(cells['OS-IMAGE']));
  set('status.nodeInfo.kernelVersion', said(cells['KERNEL-VERSION']));
  set('status.nodeInfo.containerRuntimeVersion', said(cells['CONTAINER-RUNTIME']));
  const address = said(cells['INTERNAL-IP']);
  if (address) set('status.addresses', [{ type: 'InternalIP', address }]);
}

/** Reads a Job's row; old versions have no STATUS. */
export function readJob(cells: Cells, set: Put): void {
  const [done, wanted] = pair(cells.COMPLETIONS);
  set('spec.completions', wanted);
  set('status.succeeded', done);
  const type = cells.STATUS === 'Failed' ? 'Failed' : cells.STATUS === 'Complete' ? 'Complete' : undefined;
  const complete = cells.STATUS === undefined && done !== undefined && done === wanted;
  if (type ?? complete) set('status.conditions', [{ type: type ?? 'Complete', status: 'True' }]);
}

/** Reads a PersistentVolume's row. */
export function readVolume(cells: Cells, set: Put): void {
  const [namespace, name] = (said(cells.CLAIM) ?? '').split('/');
  set('status.phase', said(cells.STATUS));
  set('status.reason', said(cells.REASON));
  set('spec.storageClassName', said(cells.STORAGECLASS));
  set('spec.persistentVolumeReclaimPolicy', said(cells['RECLAIM POLICY']));
  set('spec.capacity', { storage: said(cells.CAPACITY) });
  if (name) set('spec.claimRef', { kind: 'PersistentVolumeClaim', namespace, name });
}

/** Reads a Service's row; its ports are `80:30080/TCP,443/TCP`. */
export function readService(cells: Cells, set: Put): void {
  set('spec.type', cells.TYPE);
  set('spec.clusterIP', said(cells['CLUSTER-IP']));
  set('spec.selector', selectorOf(said(cells.SELECTOR)));
  const ports = (said(cells['PORT(S)']) ?? '').split(',').flatMap((text) => {
    const [, port, nodePort, protocol] = /^(\d+)(?::(\d+))?\/(\w+)$/.exec(text) ?? [];
    return port ? [{ port: Number(port), nodePort: integer(nodePort), protocol }] : [];
  });
  set('spec.ports', ports);
}

/** Reads a row of Endpoints: `10.42.0.7:8080,10.42.0.8:8080 + 1 more...`. */
export function readEndpoints(cells: Cells, set: Put): void {
  const shown = (said(cells.ENDPOINTS) ?? '').replace(/ \+ .*$/, '').split(',');
  const addresses = shown.flatMap((text) => {
    const ip = /^\[?([\da-f.:]+?)\]?(?::\d+)?$/i.exec(text)?.[1];
    return ip ? [{ ip }] : [];
  });
  if (addresses.length > 0) set('subsets', [{ addresses }]);
}
