import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { judge } from '../../src/engine/judge.ts';
import { CATALOGUE, clusterOf, clusterOfFiles } from '../support/cluster.ts';

const LOG = [
  'level=info msg="cart 2.0 starts"',
  'level=info msg="listening" port=8080',
  'panic: assignment to entry in nil map',
  '',
  'goroutine 1 [running]:',
  'main.main()',
  '\t/src/cart.go:12',
].map((text, index) => `2026-11-22T11:59:0${index}.000000000Z ${text}`);

const POD = `
apiVersion: v1
kind: Pod
metadata: {name: cart-0, namespace: shop}
spec: {containers: [{name: cart, image: "cart:2"}]}
status:
  phase: Running
  containerStatuses:
    - name: cart
      image: cart:2
      ready: false
      restartCount: 4
      state: {waiting: {reason: CrashLoopBackOff, message: back-off 40s restarting failed container}}
      lastState: {terminated: {exitCode: 2, reason: Error, finishedAt: "2026-11-22T11:59:10Z"}}
`;

describe('evidence as it is quoted', () => {
  const cluster = clusterOf({
    objects: POD,
    files: { 'logs/shop/cart-0/cart.previous.log': LOG.join('\n') },
  });
  const evidence = judge(cluster, CATALOGUE, 'test').findings.flatMap((finding) => finding.evidence);
  const logged = evidence.find(({ file }) => file.endsWith('cart.previous.log'));

  test('names the part of the excerpt that decided', () => {
    expect(logged?.match).toBeDefined();
    expect(logged?.excerpt).toContain(logged?.match ?? 'nothing');
  });

  test('has the lines of the log before and after it', () => {
    expect(logged?.line).toBe(3);
    expect(logged?.before?.join('\n')).toContain('listening');
    expect(logged?.after?.join('\n')).toContain('goroutine 1');
  });

  test('has the lines around it also where a file holds several logs', () => {
    const pod: unknown = parse(POD);
    const marked = (container: string, lines: readonly string[]) => [
      `==== START logs for container ${container} of pod shop/cart-0 ====`,
      ...lines,
      `==== END logs for container ${container} of pod shop/cart-0 ====`,
    ];
    const dumped = clusterOfFiles({
      'shop/pods.json': JSON.stringify({ kind: 'PodList', apiVersion: 'v1', items: [pod] }),
      'shop/cart-0/logs.txt': `${[...marked('cart', LOG), ...marked('mesh', ['all is well'])].join('\n')}\n`,
    });
    const quoted = judge(dumped, CATALOGUE, 'test')
      .findings.flatMap((finding) => finding.evidence)
      .find(({ file }) => file.endsWith('logs.txt'));
    expect(quoted).toMatchObject({ line: 4, before: logged?.before, after: logged?.after });
  });

  test('never claims a part that is not in the excerpt', () => {
    for (const { excerpt, match } of evidence) if (match) expect(excerpt).toContain(match);
  });
});

describe('evidence that says the same in several places', () => {
  const pod = (name: string) => `
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: shop
  ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: cart, uid: u1, controller: true}]
spec: {containers: [{name: cart, image: "registry.shop.internal:5000/cart:3"}]}
status:
  phase: Pending
  containerStatuses:
    - name: cart
      image: registry.shop.internal:5000/cart:3
      ready: false
      restartCount: 0
      state: {waiting: {reason: ErrImagePull, message: "failed to resolve reference registry.shop.internal:5000/cart:3: registry.shop.internal:5000/cart:3: not found"}}
`;
  const cluster = clusterOf({ objects: ['cart-0', 'cart-1', 'cart-2'].map(pod).join('---') });
  const [finding] = judge(cluster, CATALOGUE, 'test').findings;

  test('is quoted once, and the other places are counted', () => {
    expect(finding?.evidence.map(({ excerpt, more }) => ({ excerpt, more }))).toEqual([
      {
        excerpt:
          'ErrImagePull: failed to resolve reference registry.shop.internal:5000/cart:3: registry.shop.internal:5000/cart:3: not found',
        more: 2,
      },
    ]);
  });
});

test('where code decided, what it names is the part that decided', () => {
  const cluster = clusterOf({
    objects: `
apiVersion: v1
kind: Pod
metadata: {name: banner-0, namespace: shop}
spec: {containers: [{name: banner, image: "banner:1", envFrom: [{configMapRef: {name: theme-config}}]}]}
status:
  phase: Pending
  containerStatuses:
    - name: banner
      image: banner:1
      ready: false
      restartCount: 0
      state: {waiting: {reason: CreateContainerConfigError, message: 'configmap "theme-config" not found'}}
`,
  });
  const [finding] = judge(cluster, CATALOGUE, 'test').findings;
  expect(finding?.culprit?.name).toBe('theme-config');
  for (const { excerpt, match } of finding?.evidence ?? [])
    expect([excerpt, match]).toEqual([excerpt, 'theme-config']);
});
