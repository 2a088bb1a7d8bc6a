import type { ContainerFact } from './containers.ts';
import type { Evidence, Proof } from './evidence.ts';
import { describeProbe, failureOf, killingOf, probeEvidence, probeOf } from './probes.ts';
import { type Ref, refOf } from './ref.ts';
import type { Signal } from './signal.ts';
import { times } from './words.ts';

/** A container that the kubelet restarts because a probe fails. */
type ProbeKill = {
  readonly subject: Ref;
  readonly container: string;
  readonly message: string;
  readonly evidence: Proof;
  readonly first: number | undefined;
  readonly last: number | undefined;
};

/**
 * Finds them by the kubelet's own word that it kills, or, where that event has expired, by a failing probe of a container that
 * was stopped from outside. A few failures while a container starts kill nothing.
 */
export function* probeKills(
  kind: 'liveness' | 'startup',
  containers: readonly ContainerFact[],
  signals: readonly Signal[],
): Iterable<ProbeKill> {
  for (const fact of containers) {
    const failure = failureOf(fact, kind, signals);
    const kill = killingOf(fact, kind, signals);
    if (!kill && !(failure && wasStopped(fact))) continue;
    const said = kill ?? failure?.signal;
    if (!said) continue;
    const { pod, name, spec, restarts } = fact;
    const probe = probeOf(spec, kind);
    const asked = probe ? ` (${describeProbe(probe)})` : '';
    const answer = failure?.answer ? `: ${failure.answer}` : '';
    const more: Evidence[] = [
      ...(kill && failure ? [failure.signal.evidence] : []),
      ...(probe ? [probeEvidence(fact, kind, probe)] : []),
    ];
    yield {
      subject: refOf(pod),
      container: name,
      message: `container ${name} fails its ${kind} probe${asked} and was restarted ${times(restarts)}${answer}`,
      evidence: [said.evidence, ...more],
      first: failure?.signal.first ?? said.first,
      last: said.last,
    };
  }
}

function wasStopped({ restarts, ended }: ContainerFact): boolean {
  const stopped = ended?.exitCode === 137 || ended?.exitCode === 143;
  return restarts > 0 && stopped && ended.reason !== 'OOMKilled';
}
