import { describe, expect, it } from 'vitest';
import { formatRef } from '../../src/model/ref.ts';
import { failuresIn, reportOf, SERVER } from '../support/judged.ts';
import { creating, deployment, event, node, running, type Written } from '../support/objects.ts';

const POD = 'cart-5f4b6d57d6-a0';

/** Failures by class and object, for a node whose kubelet or runtime has logged so. */
function failuresOf(objects: readonly Written[], unit: string, ...lines: readonly string[]): string[] {
  const files = { [`nodes/${SERVER}/${unit}.log`]: `${lines.join('\n')}\n` };
  return failuresIn(reportOf([node(SERVER), ...objects], files)).map(
    ({ classifier, subject, severity }) => `${severity} ${classifier} ${formatRef(subject)}`,
  );
}

const cart = (status: object, ready = 0) =>
  deployment({ namespace: 'shop', name: 'cart' }, { status, ready });
const BACK_OFF = creating('cart', 'ImagePullBackOff', 'Back-off pulling image "registry.local:5000/cart:1"');
const PULL =
  'time="2026-11-22T11:58:31.943031123Z" level=error msg="PullImage \\"registry.local:5000/cart:1\\" failed" error="failed to pull and unpack image \\"registry.local:5000/cart:1\\": failed to resolve reference \\"registry.local:5000/cart:1\\": failed to do request: Head \\"https://registry.local:5000/v2/cart/manifests/1\\": dial tcp 10.1.2.3:5000: connect: connection refused"';
const MOUNT = `E1122 11:58:33.988748    5018 nestedpendingoperations.go:348] Operation for "{volumeName:kubernetes.io/secret/8d1f5c9e-050c-4495-954c-dac3bf810cf8-c podName:8d1f5c9e-050c-4495-954c-dac3bf810cf8 nodeName:}" failed. Error: MountVolume.SetUp failed for volume "c" (UniqueName: "kubernetes.io/secret/8d1f5c9e-050c-4495-954c-dac3bf810cf8-c") pod "${POD}" (UID: "8d1f5c9e-050c-4495-954c-dac3bf810cf8") : secret "cart-tls" not found`;

describe("the journal of a pod's node", () => {
  it('tells why an image cannot be pulled when the events have expired', () => {
    const found = failuresOf(cart(BACK_OFF), 'containerd', PULL);
    expect(found).toContain('high image/registry-connection-refused Deployment shop/cart');
    expect(found.join()).not.toContain('Node');
  });

  it('tells what a mirror answered that the runtime asked before the host of the image', () => {
    const next =
      'time="2026-11-22T11:58:30.1Z" level=info msg="trying next host" error="Head \\"https://mirror.local/v2/cart/manifests/1\\": tls: failed to verify certificate: x509: certificate signed by unknown authority" host=mirror.local';
    expect(failuresOf(cart(BACK_OFF), 'containerd', next)).toContain(
      'high image/registry-tls-unknown-ca Deployment shop/cart',
    );
  });

  it('says nothing of an image that no container waits for any more', () => {
    expect(failuresOf(cart(running('cart'), 1), 'containerd', PULL)).toEqual([]);
  });

  it('says nothing of a pod that is gone', () => {
    expect(failuresOf(cart(running('cart'), 1), 'kubelet', MOUNT)).toEqual([]);
    expect(failuresOf(cart(creating('cart')), 'kubelet', MOUNT).join()).not.toContain('volume/');
  });

  it("finds the kubelet's pod by its name", () => {
    const line = `E1122 11:58:33.1    812 pod_workers.go:1324] "Error syncing pod, skipping" err="failed to \\"CreatePodSandbox\\" for \\"${POD}_shop(x)\\" with CreatePodSandboxError: \\"Failed to create sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox \\\\\\"ab12\\\\\\": plugin type=\\\\\\"flannel\\\\\\" failed (add): loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory\\"" pod="shop/${POD}"`;
    expect(failuresOf(cart(creating('cart')), 'kubelet', line)).toContain(
      'high cni/flannel-subnet Deployment shop/cart',
    );
  });

  it('steps back for what the events of the pod say', () => {
    const said = event(
      { kind: 'Pod', namespace: 'shop', name: POD, container: 'cart' },
      'Failed',
      'Failed to pull image "registry.local:5000/cart:1": rpc error: code = NotFound desc = failed to pull and unpack image "registry.local:5000/cart:1": failed to resolve reference "registry.local:5000/cart:1": registry.local:5000/cart:1: not found',
    );
    const found = failuresOf([...cart(BACK_OFF), said], 'containerd', PULL);
    expect(found).toContain('high image/not-found Deployment shop/cart');
    expect(found.join()).not.toContain('image/registry-connection-refused');
  });

  it('speaks for the node when it names no pod and one there waits without a reason', () => {
    const line =
      'E1122 11:58:17.127753    1798 remote_runtime.go:105] RunPodSandbox from runtime service failed: rpc error: code = Unknown desc = failed to get sandbox image "docker.io/rancher/pause:3.6": failed to pull image "docker.io/rancher/pause:3.6": dial tcp: lookup registry-1.docker.io: Try again';
    expect(failuresOf(cart(creating('cart')), 'kubelet', line)).toContain(
      `critical sandbox/pause-image Node ${SERVER}`,
    );
    expect(failuresOf(cart(running('cart'), 1), 'kubelet', line)).toEqual([]);
  });

  it('is told as past when a ready node has said it no longer for ten minutes', () => {
    const line =
      'time="2026-11-22T11:20:26Z" level=error msg="connecting to the runtime: dial unix /run/k3s/containerd/containerd.sock: connect: no such file or directory"';
    expect(failuresOf(cart(creating('cart')), 'kubelet', line)).toContain(
      `low runtime/daemon-down Node ${SERVER}`,
    );
  });
});
