import { expect, test } from 'vitest';
import { stepsFor } from '../../src/model/fix-steps.ts';

const fix = [
  'Look at the node: `kubectl describe node {{name}}`.',
  {
    rke2: 'Start it again: `systemctl restart rke2-agent` (on a server `rke2-server`).',
    kubeadm: 'Start it again: `systemctl restart containerd kubelet`.',
  },
];

test('a known distribution gets its own steps', () => {
  expect(stepsFor(fix, 'kubeadm')).toEqual([
    'Look at the node: `kubectl describe node {{name}}`.',
    'Start it again: `systemctl restart containerd kubelet`.',
  ]);
});

test.each([undefined, 'openshift'] as const)(
  'where the distribution is %s, what differs stays one step with a line for each',
  (distribution) => {
    expect(stepsFor(fix, distribution)[1]).toBe(
      [
        'Start it again:',
        'On RKE2: `systemctl restart rke2-agent` (on a server `rke2-server`).',
        'On kubeadm: `systemctl restart containerd kubelet`.',
      ].join('\n'),
    );
  },
);

test('variants that have nothing in common are told whole', () => {
  expect(stepsFor([{ rke2: 'Copy the plugin.', kubeadm: 'Install `kubernetes-cni`.' }])).toEqual([
    'By distribution:\nOn RKE2: Copy the plugin.\nOn kubeadm: Install `kubernetes-cni`.',
  ]);
});
