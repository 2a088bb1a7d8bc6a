import { expect, test } from 'vitest';
import { askedFor } from '../../src/readers/asked.ts';

test.each([
  ['kubectl get --raw /api/v1/pods?limit=500&pretty=true', 'pods of all namespaces'],
  ['kubectl get --raw /api/v1/nodes?limit=100&pretty=true', 'nodes'],
  ['kubectl get --raw /api/v1/namespaces?limit=500', 'namespaces'],
  ['kubectl get --raw /api/v1/namespaces/shop/configmaps', 'configmaps of shop'],
  ['kubectl get --raw /apis/apps/v1/deployments?limit=500', 'deployments of all namespaces'],
  ['kubectl get --raw /apis/longhorn.io/v1beta2/nodes?limit=20', 'nodes.longhorn.io'],
  [
    'kubectl get --raw /api/v1/namespaces/shop/pods/cart-0/log?container=cart&timestamps=true&tailLines=2000',
    'log of shop/cart-0 cart',
  ],
  [
    'kubectl get --raw /api/v1/namespaces/shop/pods/cart-0/log?container=cart&previous=true',
    'previous log of shop/cart-0 cart',
  ],
  ['kubectl get --raw /version?pretty=true', 'version of the API server'],
  ['kubectl get --raw /readyz?verbose=true', 'health of the API server'],
  ['kubectl top pods --namespace batch --containers', 'use of CPU and memory by pods of batch'],
  ['kubectl top nodes', 'use of CPU and memory by nodes'],
  ['kubectl describe nodes', 'description of nodes'],
  ['kubectl describe pods --namespace shop cart-0 cart-1', 'description of 2 pods of shop'],
])('%s asks for: %s', (command, said) => {
  expect(askedFor(command, '')).toBe(said);
});

test('what was looked for on a node is told by its file, else by its unit', () => {
  const tail = 'tail -n 20000 /var/lib/rancher/rke2/agent/logs/kubelet.log';
  expect(askedFor(tail, 'nodes/rke2-server1/kubelet.log')).toBe('kubelet.log of node rke2-server1');
  expect(askedFor('journalctl --unit rke2-agent', '')).toBe('journal of rke2-agent');
  expect(askedFor('journalctl _TRANSPORT=kernel', '')).toBe('journal of the kernel');
  expect(askedFor('crictl', '')).toBe('crictl');
});

test('a command that is not known is told as it is', () => {
  for (const command of ['kubectl get --raw', 'kubectl get --raw /%zz/%', 'kubectl wait x', ''])
    expect(askedFor(command, '')).toBe(command);
});
