import { describe, expect, it } from 'vitest';
import { createJoins } from '../../src/engine/joins.ts';
import {
  fitsLabels,
  formatTaints,
  roomFor,
  tolerates,
  unmetLabels,
  untolerated,
  wouldFit,
} from '../../src/model/placement.ts';
import { clusterOf } from '../support/cluster.ts';

function given(objects: string) {
  const cluster = clusterOf({ objects });
  const { pods, nodes } = cluster.objects;
  const named = (name: string) => {
    const found = pods.items.find(({ metadata }) => metadata.name === name);
    if (!found) throw new Error(`no pod ${name}`);
    return found;
  };
  return { joins: createJoins(cluster), nodes: nodes.items, named };
}

const SERVER = `
kind: Node
metadata: { name: server1, labels: { disktype: ssd, cores: '16' } }
spec: { taints: [{ key: dedicated, value: db, effect: NoSchedule }, { key: slow, effect: PreferNoSchedule }] }
status: { allocatable: { cpu: '4', memory: 8Gi, pods: '110' } }
---
`;

describe('the room on nodes', () => {
  it('is what they offer less what their pods request that are not done', () => {
    const { joins } = given(`${SERVER}
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { nodeName: server1, containers: [{ name: cart, resources: { requests: { cpu: '1' } } }] }
status: { phase: Running }
---
kind: Pod
metadata: { name: backup, namespace: shop }
spec: { nodeName: server1, containers: [{ name: backup, resources: { requests: { cpu: '3' } } }] }
status: { phase: Succeeded }
`);
    expect(roomFor('cpu', joins).map(({ name, allocatable, free }) => [name, allocatable, free])).toEqual([
      ['server1', 4, 3],
    ]);
    expect(roomFor('nvidia.com/gpu', joins)).toEqual([]);
  });
});

describe('a taint', () => {
  const taint = { key: 'dedicated', value: 'db', effect: 'NoSchedule', timeAdded: undefined };
  const toleration = (key?: string, operator?: string, value?: string, effect?: string) => ({
    key,
    operator,
    value,
    effect,
    tolerationSeconds: undefined,
  });

  it.each([
    ['the same key and value', toleration('dedicated', 'Equal', 'db', 'NoSchedule'), true],
    ['the same key and value for every effect', toleration('dedicated', undefined, 'db'), true],
    ['the key whatever its value', toleration('dedicated', 'Exists'), true],
    ['everything', toleration(undefined, 'Exists'), true],
    ['another value', toleration('dedicated', 'Equal', 'web'), false],
    ['another effect', toleration('dedicated', 'Exists', undefined, 'NoExecute'), false],
    ['another key', toleration('slow', 'Exists'), false],
  ])('is judged against a toleration of %s', (_what, one, expected) => {
    expect(tolerates(one, taint)).toBe(expected);
  });

  it('that only prefers keeps nobody off', () => {
    const { named, nodes } = given(`${SERVER}
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart }] }
`);
    const [server] = nodes;
    expect(server && formatTaints(untolerated(named('cart').spec, server))).toBe('dedicated=db');
  });
});

describe('the labels that a pod wants', () => {
  const affine = (expression: string) => `${SERVER}
kind: Pod
metadata: { name: cart, namespace: shop }
spec:
  containers: [{ name: cart, resources: { requests: { cpu: '2' } } }]
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [${expression}] }] } } }
`;

  it.each([
    ['{ key: disktype, operator: In, values: [ssd, nvme] }', []],
    ['{ key: disktype, operator: NotIn, values: [ssd] }', ['disktype not in (ssd)']],
    ['{ key: zone, operator: Exists }', ['zone']],
    ['{ key: zone, operator: DoesNotExist }', []],
    ['{ key: cores, operator: Gt, values: ["8"] }', []],
    ['{ key: cores, operator: Lt, values: ["8"] }', ['cores < 8']],
    ['{ key: zone, operator: In, values: [north, south] }', ['zone in (north, south)']],
  ])('%s leave unmet %j', (expression, unmet) => {
    const { named, nodes, joins } = given(affine(expression));
    const { spec } = named('cart');
    expect(unmetLabels(spec, nodes)).toEqual(unmet);
    expect(nodes.map((node) => fitsLabels(spec, node))).toEqual([unmet.length === 0]);
    expect(nodes.map((node) => wouldFit(spec, node, joins))).toEqual([unmet.length === 0]);
  });
});
