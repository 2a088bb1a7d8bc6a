import { type ContainerFact, containersOf, hasSettled } from './containers.ts';
import type { Proof } from './evidence.ts';
import type { Joins } from './joins.ts';
import { lastWords } from './last-words.ts';
import type { Terminated } from './objects/pod.ts';
import { type Ref, refOf } from './ref.ts';
import type { Signal } from './signal.ts';

/** How a container ended that should not have, with the last that it said of an error. */
export type Ending = {
  readonly subject: Ref;
  readonly container: string;
  readonly fact: ContainerFact;
  readonly message: string;
  readonly evidence: Proof;
  readonly last: number | undefined;
};

/** What is known where classes look at endings. */
export type EndingsIn = {
  readonly signals: readonly Signal[];
  readonly joins: Joins;
  readonly time: number | undefined;
};

/** The ends of containers that still matter and fit; what a pod was meant to do, or is past, is none. */
export function* endings(
  { signals, joins, time }: EndingsIn,
  fits: (ended: Terminated, fact: ContainerFact) => boolean,
): Iterable<Ending> {
  for (const { place, pod, container, object, evidence, last } of signals) {
    if (place !== 'terminated' || !pod || container === undefined) continue;
    const fact = containersOf(pod).find(({ name }) => name === container);
    if (!fact?.ended || isOver(fact, time) || wasAskedToStop(fact, joins) || !fits(fact.ended, fact))
      continue;
    // Before a container is started again its last log is also the present one, and the older one is of another run.
    const logs = joins.logsOf(pod, container);
    const said = lastWords(fact.state === 'terminated' ? [...logs].reverse() : logs);
    const outcome = describeExit(fact.ended);
    yield {
      subject: object,
      container,
      fact,
      message: `container ${container} ended with ${outcome}${said ? `: ${said.text}` : ''}`,
      evidence: said ? [evidence, said.evidence] : [evidence],
      last,
    };
  }
}

/** A container that runs for a while, whether or not it is ready, does not fail by its last end. */
function isOver(fact: ContainerFact, time: number | undefined): boolean {
  if (fact.state === 'running' && hasSettled(fact, time)) return true;
  // A sidecar is stopped by the kubelet once the pod's work is done.
  return fact.role === 'sidecar' && isStopped(fact.ended);
}

/** What the kubelet stopped because the pod was deleted or evicted has not failed by itself. */
function wasAskedToStop({ pod, name, ended }: ContainerFact, joins: Joins): boolean {
  if (!isStopped(ended)) return false;
  const last = joins
    .eventsOf(refOf(pod))
    .filter(({ reason, container }) => reason === 'Killing' && (container ?? name) === name)
    .at(-1);
  return last?.message.startsWith('Stopping container') ?? false;
}

function isStopped(ended: Terminated | undefined): boolean {
  return ended?.exitCode === 137 || ended?.exitCode === 143;
}

const SIGNALS: Readonly<Record<number, string>> = {
  129: 'SIGHUP',
  130: 'SIGINT',
  131: 'SIGQUIT',
  132: 'SIGILL, illegal instruction',
  133: 'SIGTRAP',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  141: 'SIGPIPE',
  143: 'SIGTERM',
};
/** Windows has no signals: these are its own codes. */
const WINDOWS: Readonly<Record<number, string>> = {
  1073807364: '0x40010004, the machine shuts down',
  3221225477: '0xC0000005, access violation',
  3221225725: '0xC00000FD, stack overflow',
  3221225781: '0xC0000135, a DLL is missing',
  3221225786: '0xC000013A, Ctrl-C',
};

/** An exit code as people read it: `exit code 139 (SIGSEGV)`. */
export function describeExit({ exitCode }: Terminated): string {
  if (exitCode === undefined) return 'an unknown exit code';
  const meaning = SIGNALS[exitCode] ?? WINDOWS[exitCode >>> 0];
  return `exit code ${exitCode}${meaning ? ` (${meaning})` : ''}`;
}
