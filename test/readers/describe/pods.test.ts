import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Pod } from '../../../src/model/objects/pod.ts';
import { SHAPES } from '../../../src/model/objects.ts';
import { describedObjects } from '../../../src/readers/describe/read-describe.ts';

const TIME = Date.parse('2026-11-22T13:14:00Z');
const text = readFileSync('test/fixtures/describe/pods.txt', 'utf8');
const described = describedObjects(text, TIME);
const pods = described.filter(({ kind }) => kind === 'Pod');
const recorded = JSON.parse(readFileSync('test/fixtures/describe/pods.json', 'utf8')).items.map(
  SHAPES.Pod,
) as Pod[];

function podNamed(prefix: string) {
  const found = pods.find(({ value }) => SHAPES.Pod(value).metadata.name?.startsWith(prefix));
  if (!found) throw new Error(`no pod ${prefix} was read`);
  return { ...SHAPES.Pod(found.value), lines: found.lines };
}

/** Leaves out what says nothing: the text shows a default where the object has no field, and the other way round. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value || undefined;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bare(inner)]));
}

/** What the text holds of a pod, in the order in which names sort. */
function told({ metadata, spec, status }: Pod) {
  const byName = <T extends { name?: string | undefined }>(items: readonly T[]) =>
    [...items].sort((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    labels: { ...metadata.labels },
    owner: metadata.ownerReferences.map(({ kind, name, controller }) => ({ kind, name, controller })),
    node: spec.nodeName,
    account: spec.serviceAccountName,
    tolerations: spec.tolerations.map(({ key, effect, operator, tolerationSeconds }) => [
      key,
      effect,
      operator,
      tolerationSeconds,
    ]),
    containers: [...byName(spec.initContainers), ...byName(spec.containers)].map((container) => ({
      ...container,
      imagePullPolicy: undefined,
      terminationMessagePolicy: undefined,
      securityContext: undefined,
      volumeMounts: byName(container.volumeMounts).map((mount) => ({
        ...mount,
        readOnly: mount.readOnly ?? false,
      })),
    })),
    volumes: spec.volumes
      .filter(({ projected }) => !projected)
      .map(({ name, emptyDir }) => ({ name, emptyDir })),
    phase: status.phase,
    reason: status.reason,
    message: status.message?.trim(),
    podIP: status.podIP,
    hostIP: status.hostIP,
    startTime: status.startTime,
    qosClass: status.qosClass,
    conditions: status.conditions.map(({ type, status }) => [type, status]).sort(),
    statuses: [...byName(status.initContainerStatuses), ...byName(status.containerStatuses)].map(
      (container) => ({
        ...container,
        started: undefined,
        state: { ...container.state, waiting: container.state.waiting?.reason },
      }),
    ),
  };
}

test('a described pod has the fields of its object, as far as the text holds them', () => {
  const read = pods.map(({ value }) => SHAPES.Pod(value));
  const byName = (a: Pod, b: Pod) => (a.metadata.name ?? '').localeCompare(b.metadata.name ?? '');
  expect(read).toHaveLength(8);
  const terminating = (pod: Pod) => pod.metadata.deletionTimestamp !== undefined;
  expect(
    read
      .sort(byName)
      .filter((pod) => !terminating(pod))
      .map((pod) => bare(told(pod))),
  ).toEqual(
    recorded
      .sort(byName)
      .filter((pod) => !terminating(pod))
      .map((pod) => bare(told(pod))),
  );
});

test('each field knows its line', () => {
  const { lines } = podNamed('settlement');
  const line = (path: string) => text.split('\n')[(lines.get(path) ?? 0) - 1];
  expect(line('')).toMatch(/^Name: +settlement/);
  expect(line('spec.containers[0].image')).toMatch(/^ {4}Image: /);
  expect(line('status.containerStatuses[0].state.waiting.reason')).toMatch(/Reason: +CrashLoopBackOff$/);
  expect(line('status.containerStatuses[0].lastState.terminated.exitCode')).toMatch(/Exit Code: +1$/);
  expect(line('spec.containers[0].resources.limits')).toMatch(/Limits:$/);
});

test('a pod that is being deleted has its deletion time counted back from the collection', () => {
  const pod = podNamed('agent2-app-1');
  expect(pod.metadata.deletionTimestamp).toBe('2026-11-22T13:09:46Z');
  expect(pod.metadata.deletionGracePeriodSeconds).toBe(30);
  expect(pod.status.phase).toBe('Running');
});

test('events carry their object, count and times', () => {
  const events = described.filter(({ kind }) => kind === 'Event').map(({ value }) => SHAPES.Event(value));
  const backOff = events.find(
    ({ reason, involvedObject }) => reason === 'BackOff' && involvedObject.name?.startsWith('settlement'),
  );
  expect(backOff).toMatchObject({
    type: 'Warning',
    involvedObject: { kind: 'Pod', namespace: 'payments' },
    source: { component: 'kubelet' },
  });
  expect(backOff?.count).toBeGreaterThan(1);
  expect(backOff?.message).toMatch(/^Back-off restarting failed container settlement in pod settlement-/);
  expect(backOff?.firstTimestamp).toMatch(/^2026-11-22T13:04:/);
  const scheduled = events.filter(({ reason }) => reason === 'Scheduled');
  expect(
    scheduled.every(
      ({ count, firstTimestamp, lastTimestamp }) => count === 1 && firstTimestamp === lastTimestamp,
    ),
  ).toBe(true);
});

test('without a collection time events have no times', () => {
  const events = describedObjects(text, undefined).filter(({ kind }) => kind === 'Event');
  expect(events.length).toBeGreaterThan(10);
  expect(events.every(({ value }) => !('firstTimestamp' in value) && !('lastTimestamp' in value))).toBe(true);
});

test('what a ConfigMap or Secret gives to a container is a reference', () => {
  expect(podNamed('theme').spec.containers[0]?.envFrom).toMatchObject([
    { configMapRef: { name: 'theme-config', optional: false } },
  ]);
});
