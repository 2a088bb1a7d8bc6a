import type { Catalogue, Class, Detection, FactName, Facts, Gate } from '../classifier.ts';
import type { Cluster, Problem } from '../model/cluster.ts';
import type { Expression } from '../model/expression.ts';
import { imageIn, registryIn, registryOf } from '../model/image.ts';
import { containerNamed } from '../model/joins.ts';
import { type Ref, refTo } from '../model/ref.ts';
import type { Place, Signal } from '../model/signal.ts';
import { cleanText, headline, unlogged } from './clean.ts';
import { missingFacts, missingTexts } from './facts.ts';
import { fill } from './fill.ts';
import { stepsBackFor } from './precedence.ts';
import { createSieve, type Likely } from './sieve.ts';
import { createNoiseTest } from './signals.ts';

/** A detection with the class that made it. */
export type Detected = Detection & {
  readonly class: Class;
  /** Where the text stood that decided, when one did. */
  readonly place?: Place;
};

type Detections = {
  readonly found: readonly Detected[];
  /** Classes that could not be judged, with the facts that they lack. */
  readonly skipped: readonly { readonly classifier: string; readonly missing: readonly string[] }[];
  /** Classes that failed: a fault of ours, told in the report instead of losing the rest. */
  readonly problems: readonly Problem[];
};

/** Asks every class of the catalogue. */
export function detect(cluster: Cluster, facts: Facts<FactName>, catalogue: Catalogue): Detections {
  const found: Detected[] = [...detectTexts(facts.signals, catalogue)];
  const skipped: { classifier: string; missing: readonly string[] }[] = [];
  const problems: Problem[] = [];
  for (const candidate of catalogue.classes) {
    const missing =
      candidate.by === 'code' ? missingFacts(cluster, candidate) : missingTexts(cluster, candidate.detect.in);
    if (missing.length > 0) skipped.push({ classifier: candidate.id, missing });
    if (missing.length > 0 || candidate.by !== 'code') continue;
    try {
      for (const detection of candidate.detect(facts)) found.push({ ...detection, class: candidate });
    } catch (error) {
      problems.push({
        file: `classifier ${candidate.id}`,
        message: `failed and was left out: ${String(error)}`,
      });
    }
  }
  return { found, skipped, problems };
}

type TextClass = Extract<Class, { readonly by: 'text' }>;
type Match = {
  readonly class: TextClass;
  readonly groups: Readonly<Record<string, string>>;
  /** The expression that matched; none when the reason alone decided. */
  readonly pattern?: Expression;
};

function* detectTexts(signals: readonly Signal[], catalogue: Catalogue): Iterable<Detected> {
  const matchesOf = createMatcher(catalogue);
  const known = new Map<string, readonly Match[]>();
  for (const signal of signals) {
    const key = `${signal.place}\n${signal.classifier ?? ''}\n${signal.reason}\n${signal.text}`;
    const matches = known.get(key) ?? matchesOf(signal);
    known.set(key, matches);
    for (const match of matches) yield toDetected(match, signal);
  }
}

/** Tells what the classes make of a text; a gate is asked when a class behind it has something to say. */
function createMatcher({ classes, gates }: Catalogue): (signal: Signal) => Match[] {
  const texts = classes.filter((candidate) => candidate.by === 'text');
  const owners = new Map(
    texts.flatMap((candidate) => candidate.expressions.map((expression) => [expression, candidate])),
  );
  const sieve = createSieve([...owners.keys(), ...[...gates.values()].flatMap(({ never }) => never)]);
  return (signal) => {
    const likely = sieve(signal.text);
    const speaking = new Set([...likely].map((expression) => owners.get(expression)));
    const matches: Match[] = [];
    for (const candidate of texts) {
      if (!speaking.has(candidate) && !candidate.detect.reason?.includes(signal.reason)) continue;
      if (!isAsked(candidate, signal)) continue;
      const match = matchText(candidate, signal, likely);
      if (match && passes(gates.get(candidate.group), signal, likely)) matches.push(match);
    }
    return matches;
  };
}

/** A line of a log was kept for one class. */
function isAsked({ id, detect }: TextClass, { place, classifier }: Signal): boolean {
  return detect.in.includes(place) && (classifier === undefined || classifier === id);
}

function matchText(candidate: TextClass, { text, reason }: Signal, likely: Likely): Match | undefined {
  for (const pattern of candidate.expressions) {
    const groups = likely.has(pattern) ? pattern.match(text) : undefined;
    if (groups) return { class: candidate, groups, pattern };
  }
  return candidate.detect.reason?.includes(reason) ? { class: candidate, groups: {} } : undefined;
}

function passes(gate: Gate | undefined, { text, reason }: Signal, likely: Likely): boolean {
  if (!gate) return true;
  const { needs, never } = gate;
  if (never.some((context) => likely.has(context) && context.test(text))) return false;
  return !needs || needs.test(text) || needs.test(reason);
}

/** The classes that one text alone speaks for, after those that step back for others have done so. */
export function classesOfText(text: string, place: Place, reason: string, catalogue: Catalogue): string[] {
  const signal: Signal = {
    place,
    reason,
    text: cleanText(text),
    object: { kind: 'Pod', name: '' },
    pod: undefined,
    container: undefined,
    evidence: { file: '', excerpt: text },
    count: 1,
    first: undefined,
    last: undefined,
  };
  if (createNoiseTest(catalogue.noise)(signal)) return [];
  const found = createMatcher(catalogue)(signal).map((match) => match.class);
  return found.filter((one) => !found.some((other) => stepsBackFor(one, other))).map(({ id }) => id);
}

function toDetected({ class: candidate, groups, pattern }: Match, signal: Signal): Detected {
  const { message } = candidate.detect;
  return {
    class: candidate,
    subject: signal.object,
    container: signal.container,
    culprit: culpritOf(candidate.detect, groups, signal),
    message: message
      ? fill(message, { ...groups, container: signal.container ?? '' })
      : headline(saidIn(signal, pattern)),
    evidence: [signal.evidence],
    values: groups,
    first: signal.first,
    last: signal.last,
    over: signal.over,
    place: signal.place,
  };
}

function culpritOf(
  { culprit }: TextClass['detect'],
  groups: Match['groups'],
  signal: Signal,
): Ref | undefined {
  const said = culprit && (groups[culprit.name] ?? impliedName(culprit.kind, signal));
  if (!culprit || !said) return undefined;
  // A URL may name a user and a password before the host.
  const name = culprit.kind === 'Host' ? said.replace(/^.*@/, '') : said;
  const namespace = culprit.namespace ? (groups[culprit.namespace] ?? signal.object.namespace) : undefined;
  const port = culprit.port && groups[culprit.port];
  return refTo(culprit.kind, namespace, port ? `${name}:${port}` : name);
}

/** An image and its registry are known by the text or the container, and the namespace by the object, without being named. */
function impliedName(kind: string, { text, object, pod, container }: Signal): string | undefined {
  if (kind === 'Namespace') return object.namespace;
  const image = pod && container ? containerNamed(pod.spec, container)?.image : undefined;
  if (kind === 'Image') return image ?? imageIn(text);
  if (kind === 'Registry') return registryIn(text) ?? (image ? registryOf(image) : undefined);
  return undefined;
}

/** What decided, in the words of who said it. */
function saidIn({ text, place }: Signal, pattern: Expression | undefined): string {
  const line = decisiveLine(text, pattern);
  return place === 'journal' ? unlogged(line) : line;
}

/** The line of a text that an expression matched: a terminated state's message may hold the end of a log. */
function decisiveLine(text: string, pattern: Expression | undefined): string {
  const line = pattern && text.split('\n').find((candidate) => pattern.match(candidate));
  return line?.replace(/^Message: /, '') ?? text;
}
