import { parseQuantity } from '../model/quantity.ts';
import { list, number, record, section, text } from '../model/shape.ts';
import type { Builder } from './builder.ts';
import type { Run } from './run.ts';

/** Whether an object is what `kubectl top` asks for: PodMetrics or NodeMetrics. */
export function isMetrics(kind: string | undefined, apiVersion: unknown): boolean {
  return /^(?:Pod|Node)Metrics$/.test(kind ?? '') && /^metrics\.k8s\.io\//.test(String(apiVersion));
}

const usage = section({ cpu: text, memory: text });
const metrics = section({
  metadata: section({ name: text, namespace: text }),
  usage,
  containers: list(record({ name: text, usage })),
});

/** Takes the usage of a node, or of a pod's containers, as the metrics API gives it. */
export function takeMetrics(
  value: unknown,
  { file, path }: { readonly file: string; readonly path: string },
  builder: Builder,
): void {
  const { metadata, usage: ofNode, containers } = metrics(value);
  const { name = '', namespace } = metadata;
  const below = path === '' ? '' : `${path}.`;
  const amounts = ({ cpu, memory }: typeof ofNode, at: string) => ({
    cpu: parseQuantity(cpu),
    memory: parseQuantity(memory),
    origin: { file, path: `${below}${at}` },
  });
  if (namespace === undefined) builder.add('nodeUsage', { node: name, ...amounts(ofNode, 'usage') });
  else
    for (const [index, { name: container = '', usage: used }] of containers.entries())
      builder.add('containerUsage', {
        namespace,
        pod: name,
        container,
        ...amounts(used, `containers[${index}].usage`),
      });
}

const used = {
  name: text,
  cpu: section({ usageNanoCores: number }),
  memory: section({ workingSetBytes: number }),
};
const summary = section({
  node: section({ ...used, nodeName: text }),
  pods: list(record({ podRef: section({ name: text, namespace: text }), containers: list(record(used)) })),
});

/** Takes what a kubelet says of its node under `/stats/summary`: the figures that the metrics API is made of. */
export function takeSummary(said: string, file: string, { builder }: Run): void {
  const { node, pods } = summary(parsed(said));
  if (!node.nodeName) {
    builder.problem(file, 'is no summary of a kubelet');
    return;
  }
  const amounts = ({ cpu, memory }: Pick<typeof node, 'cpu' | 'memory'>, path: string) => ({
    cpu: cpu.usageNanoCores === undefined ? undefined : cpu.usageNanoCores / 1e9,
    memory: memory.workingSetBytes,
    origin: { file, path },
  });
  builder.add('nodeUsage', { node: node.nodeName, ...amounts(node, 'node') });
  for (const [at, { podRef, containers }] of pods.entries())
    for (const [index, container] of containers.entries())
      builder.add('containerUsage', {
        namespace: podRef.namespace ?? '',
        pod: podRef.name ?? '',
        container: container.name ?? '',
        ...amounts(container, `pods[${at}].containers[${index}]`),
      });
}

function parsed(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return undefined;
  }
}
