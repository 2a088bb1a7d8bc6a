import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { failuresIn, reportOnServer, SERVER } from '../support/judged.ts';
import {
  crashing,
  creating,
  deployment,
  event,
  node,
  unschedulable,
  type Written,
} from '../support/objects.ts';

const CART = { namespace: 'shop', name: 'cart' };
const POD = { kind: 'Pod', namespace: 'shop', name: 'cart-5f4b6d57d6-a0' };
const SET = { kind: 'ReplicaSet', namespace: 'shop', name: 'cart-5f4b6d57d6' };

type Scene = { readonly objects: readonly Written[]; readonly files?: Readonly<Record<string, string>> };

/** A pod that the kubelet prepares, and what an event says of it or of its container. */
const preparing =
  (usual: string, state: string, container?: string) =>
  (message: string): Scene => {
    const [reason, said] = split(message, usual);
    const about = container ? { ...POD, container } : POD;
    const status = creating('cart', state);
    return { objects: [...deployment(CART, { status }), event(about, reason, said)] };
  };

/** The smallest cluster that a message of each place can stand in. */
const SCENES: Readonly<Record<string, (message: string) => Scene>> = {
  pull: preparing('Failed', 'ContainerCreating', 'cart'),
  sandbox: preparing('FailedCreatePodSandBox', 'ContainerCreating'),
  start: preparing('Failed', 'CreateContainerError', 'cart'),
  mount: preparing('FailedMount', 'ContainerCreating'),
  schedule(message) {
    const [reason, said] = split(message, 'FailedScheduling');
    const told = event(POD, reason, said, 'default-scheduler');
    return { objects: [...deployment(CART, { status: unschedulable('') }), told] };
  },
  create(message) {
    const [reason, said] = split(message, 'FailedCreate');
    const made = deployment(CART, { status: {} }).filter(({ kind }) => kind !== 'Pod');
    return { objects: [...made, event(SET, reason, said, 'replicaset-controller')] };
  },
  ended: (message) => ({ objects: deployment(CART, { status: ended(message) }) }),
  log: (message) => ({
    objects: deployment(CART, { status: crashing('cart') }),
    files: {
      [`logs/shop/${POD.name}/cart.previous.log`]: message
        .replace(/^/gm, '2026-11-22T11:57:09.1Z ')
        .concat('\n'),
    },
  }),
  journal: (message) => ({
    objects: deployment(CART, { status: creating('cart', 'ContainerCreating') }),
    files: { [`nodes/${SERVER}/journal.log`]: `Nov 22 11:57:10 ${SERVER} ${program(message)}: ${message}\n` },
  }),
  status(message) {
    const [reason, said] = split(message, '');
    const status = { phase: 'Failed', reason, message: said };
    return { objects: deployment(CART, { status, spec: { nodeName: SERVER } }) };
  },
  node(message) {
    const [, type, status, reason, said] = /^(\w+)=(\w+) (\w+): (.*)$/.exec(message) ?? [];
    const ready = type === 'Ready' ? [] : [{ type: 'Ready', status: 'True' }];
    const conditions = [...ready, { type, status, reason, message: said }];
    return { objects: [{ ...node(SERVER), status: { conditions } }] };
  },
};

/** A reason may stand before a message. */
function split(message: string, usual: string): [string, string] {
  const [, reason, rest] = /^([A-Z][A-Za-z]{5,}): ([\s\S]*)$/.exec(message) ?? [];
  return reason && rest ? [reason, rest] : [usual, message];
}

/** `Error 1 the message`: how the last run of the container ended; one that completed did so once. */
function ended(text: string): object {
  const [, reason = '', code, message] = /^(\w+) (\d+)(?: ([\s\S]*))?$/.exec(text) ?? [];
  const exitCode = Number(code);
  const times = { startedAt: '2026-11-22T11:57:00Z', finishedAt: '2026-11-22T11:57:10Z' };
  const terminated = { reason, exitCode, ...times, ...(message ? { message } : {}) };
  const once = { restartCount: 0, state: { terminated } };
  const again = {
    restartCount: 9,
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: { terminated },
  };
  return {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
    containerStatuses: [{ name: 'cart', ready: false, ...(reason === 'Completed' ? once : again) }],
  };
}

function program(message: string): string {
  if (/^[IWEF]\d{4} /.test(message)) return 'kubelet[1082]';
  return message.startsWith('time=') ? 'containerd[912]' : 'kernel';
}

/** What the scene alone is a failure by, whatever is said in it. */
const FRAME = new Set(['controller/replicas-unavailable', 'exit/general-error', 'runtime/other']);

function failuresOf({ objects, files = {} }: Scene) {
  const report = reportOnServer(objects, files);
  expect(report.problems).toEqual([]);
  return failuresIn(report);
}

// A border: the file is ours and read by nothing else.
const MESSAGES = parse(readFileSync(new URL('messages.yaml', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, readonly string[]>
>;
const all = Object.entries(MESSAGES).flatMap(([place, classes]) =>
  Object.entries(classes).flatMap(([id, messages]) =>
    messages.map((message) => ({ place, id, message, scene: SCENES[place]?.(message) ?? { objects: [] } })),
  ),
);

describe('a message in a cluster of its own', () => {
  it.each(all.filter(({ id }) => id !== 'none'))('($place) is $id: $message', ({ id, scene }) => {
    const found = failuresOf(scene).map(({ classifier }) => classifier);
    expect(found).toContain(id);
    // One text has one cause: beside it only what the scene itself shows.
    expect(found.filter((other) => other !== id && !FRAME.has(other))).toEqual([]);
  });

  it.each(all.filter(({ id }) => id === 'none'))('($place) is no failure: $message', ({ scene }) => {
    const bad = failuresOf(scene).filter(({ severity }) => severity !== 'low' && severity !== 'info');
    expect(bad.map(({ classifier }) => classifier).filter((id) => !FRAME.has(id))).toEqual([]);
  });

  it('is one of many', () => {
    expect(all.filter(({ id }) => id !== 'none').length).toBeGreaterThanOrEqual(120);
    expect(all.filter(({ id }) => id === 'none').length).toBeGreaterThanOrEqual(25);
  });
});
