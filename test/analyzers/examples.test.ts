import { describe, expect, it } from 'vitest';
import { CODE_CLASSES, GROUPS, NOISE, TEXT_CLASSES } from '../../src/catalogue/builtin.generated.ts';
import { describedSchema, groupsSchema, noiseSchema, textClassSchema } from '../../src/catalogue/schema.ts';
import type { Class, ExampleCluster } from '../../src/classifier.ts';
import { classesOfText } from '../../src/engine/detect.ts';
import { judge } from '../../src/engine/judge.ts';
import type { Place } from '../../src/model/signal.ts';
import { CATALOGUE, clusterOf } from '../support/cluster.ts';

/** A message as it stands in an example: a reason may stand before it, `FailedMount: MountVolume…`. */
function classesOf(text: string, place: Place): string[] {
  const [, reason = '', rest = text] = /^(\w+): ([\s\S]*)$/.exec(text) ?? [];
  return [
    ...new Set([
      ...classesOfText(text, place, '', CATALOGUE),
      ...classesOfText(rest, place, reason, CATALOGUE),
    ]),
  ];
}

const textClasses = CATALOGUE.classes.filter((known) => known.by === 'text');
const codeClasses = CATALOGUE.classes.filter((known) => known.by === 'code');

describe('a class file', () => {
  it.each(Object.entries(TEXT_CLASSES))('%s holds what the contract asks for', (_id, file) => {
    expect(textClassSchema.safeParse(file).error?.issues ?? []).toEqual([]);
  });

  it.each(Object.entries(CODE_CLASSES))('%s holds what the contract asks for', (_id, file) => {
    expect(describedSchema.safeParse(file).error?.issues ?? []).toEqual([]);
    expect(file.examples.hit.length).toBeGreaterThan(0);
    expect(file.examples.miss.length).toBeGreaterThan(0);
  });

  it.each(CATALOGUE.classes)(
    '$id names only classes and groups that exist',
    ({ yieldsTo = [], causedBy = [] }) => {
      const named = [...yieldsTo, ...causedBy.flatMap(({ classes }) => classes)];
      expect(named.filter((pattern) => !exists(pattern))).toEqual([]);
    },
  );
});

function exists(pattern: string): boolean {
  if (pattern === '*') return true;
  const group = pattern.endsWith('/*') ? pattern.slice(0, -1) : undefined;
  return CATALOGUE.classes.some(({ id }) => (group ? id.startsWith(group) : id === pattern));
}

describe('a message', () => {
  const hits = textClasses.flatMap((known) =>
    known.examples.hit.map((text) => ({ known, id: known.id, text })),
  );
  it.each(hits)('$id is found in: $text', ({ known, text }) => {
    const found = known.detect.in.map((place) => classesOf(text, place));
    expect(found.some((ids) => ids.includes(known.id))).toBe(true);
  });

  it.each(hits)('$id is the only one found in: $text', ({ known, text }) => {
    const [place] = known.detect.in.filter((one) => classesOf(text, one).includes(known.id));
    expect(place && classesOf(text, place)).toEqual([known.id]);
  });

  const misses = textClasses.flatMap((known) =>
    known.examples.miss.map((text) => ({ known, id: known.id, text })),
  );
  it.each(misses)('$id is not found in: $text', ({ known, text }) => {
    for (const place of known.detect.in) expect(classesOf(text, place)).not.toContain(known.id);
  });
});

it('groups.yaml names only groups, contexts and classes that exist', () => {
  const { contexts, groups } = groupsSchema.parse(GROUPS);
  expect(Object.keys(groups).filter((group) => !exists(`${group}/*`))).toEqual([]);
  for (const { never = [], yieldsTo = [] } of Object.values(groups)) {
    expect(never.filter((name) => !(name in contexts))).toEqual([]);
    expect(yieldsTo.filter((pattern) => !exists(pattern))).toEqual([]);
  }
});

describe('noise', () => {
  const texts = noiseSchema
    .parse(NOISE)
    .flatMap(({ in: places, examples }) => examples.map((text) => ({ places, text })));
  it.each(texts)('is no class of failure: $text', ({ places, text }) => {
    for (const place of places) expect(classesOfText(text, place, '', CATALOGUE)).toEqual([]);
  });
});

describe('a piece of a cluster', () => {
  const cases = (side: 'hit' | 'miss') =>
    codeClasses.flatMap((known) =>
      known.examples[side].map((example) => ({ known, id: known.id, about: example.about, example })),
    );

  it.each(cases('hit'))('$id is found where $about', ({ known, example }) => {
    const found = findingsOf(known, example);
    expect(found.length).toBeGreaterThan(0);
    for (const { message, title, evidence } of found) {
      expect(message).not.toBe('');
      expect(message.toLowerCase()).not.toContain(title.toLowerCase());
      expect(evidence.every(({ file }) => file !== '')).toBe(true);
    }
  });

  it.each(cases('miss'))('$id is not found where $about', ({ known, example }) => {
    expect(findingsOf(known, example)).toEqual([]);
  });
});

function findingsOf(known: Class, example: ExampleCluster) {
  const report = judge(clusterOf(example), CATALOGUE, 'test');
  expect(report.problems).toEqual([]);
  return report.findings.filter(({ classifier }) => classifier === known.id);
}
