import { describe, expect, it } from 'vitest';
import { readRefusals } from '../../src/model/unschedulable.ts';

describe('what the scheduler says of a pod that fits nowhere', () => {
  it('is one reason for each group of nodes', () => {
    expect(
      readRefusals(
        "0/4 nodes are available: 1 Insufficient cpu, 1 node(s) had taint {dedicated: db}, that the pod didn't tolerate, 2 node(s) didn't match Pod's node affinity/selector.",
      ),
    ).toEqual([
      { nodes: 1, why: 'Insufficient cpu' },
      { nodes: 1, why: "node(s) had taint {dedicated: db}, that the pod didn't tolerate" },
      { nodes: 2, why: "node(s) didn't match Pod's node affinity/selector" },
    ]);
  });

  it('may be about the pod itself, without a count', () => {
    expect(
      readRefusals('0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found'),
    ).toEqual([{ nodes: undefined, why: 'pod has unbound immediate PersistentVolumeClaims. not found' }]);
  });

  it('has its counts behind the reason in old schedulers', () => {
    expect(
      readRefusals(
        'No nodes are available that match all of the predicates: Insufficient cpu (19), PodToleratesNodeTaints (10).',
      ),
    ).toEqual([
      { nodes: 19, why: 'Insufficient cpu' },
      { nodes: 10, why: 'PodToleratesNodeTaints' },
    ]);
  });

  it('is one reason as a whole in any other form', () => {
    expect(readRefusals('persistentvolumeclaim "redis-data" not found')).toEqual([
      { nodes: undefined, why: 'persistentvolumeclaim "redis-data" not found' },
    ]);
  });
});
