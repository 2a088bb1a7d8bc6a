import { describe, expect, it } from 'vitest';
import type { Class } from '../../src/classifier.ts';
import { isNamedBy } from '../../src/engine/named-by.ts';
import { stepsBackFor } from '../../src/engine/precedence.ts';
import { CATALOGUE } from '../support/cluster.ts';
import { failuresIn, reportOnServer } from '../support/judged.ts';
import { creating, deployment, event } from '../support/objects.ts';

const names = ({ yieldsTo = [] }: Class, { id }: Class) => isNamedBy(id, yieldsTo);

describe('a class that steps back', () => {
  it('does so for one that does not', () => {
    const umbrella = { id: 'image/other', yieldsTo: ['image/*'] };
    const cause = { id: 'image/not-found' };
    expect([stepsBackFor(umbrella, cause), stepsBackFor(cause, umbrella)]).toEqual([true, false]);
    expect(stepsBackFor(umbrella, umbrella)).toBe(false);
  });

  it('and another one that steps back for it are not both lost', () => {
    const symptom = { id: 'image/backoff', yieldsTo: ['image/*', 'image/other'] };
    const umbrella = { id: 'image/other', yieldsTo: ['image/*'] };
    expect([stepsBackFor(symptom, umbrella), stepsBackFor(umbrella, symptom)]).toEqual([true, false]);
    const alike = { id: 'image/strange', yieldsTo: ['image/*'] };
    expect([stepsBackFor(alike, umbrella), stepsBackFor(umbrella, alike)]).toEqual([false, false]);
  });

  it('has said which of two it is that would do so for each other', () => {
    const undecided = CATALOGUE.classes.flatMap((one) =>
      CATALOGUE.classes
        .filter((other) => one.id < other.id && names(one, other) && names(other, one))
        .filter((other) => stepsBackFor(one, other) === stepsBackFor(other, one))
        .map((other) => `${one.id}, ${other.id}`),
    );
    expect(undecided).toEqual([]);
  });

  it('stays where all that it steps back for do so for others', () => {
    // In a circle each would step back for the next, and nothing would be told: without one, the last of each chain stays.
    let left = CATALOGUE.classes;
    for (let before = 0; before !== left.length; ) {
      before = left.length;
      const rivals = left;
      left = left.filter((one) => rivals.some((other) => stepsBackFor(one, other)));
    }
    expect(left.map(({ id }) => id)).toEqual([]);
  });

  it('leaves an image that cannot be pulled for a reason that no class knows', () => {
    const report = reportOnServer([
      ...deployment({ namespace: 'plant', name: 'lathe' }, { status: creating('lathe', 'ImagePullBackOff') }),
      event(
        { kind: 'Pod', namespace: 'plant', name: 'lathe-5f4b6d57d6-a0', container: 'lathe' },
        'Failed',
        'Failed to pull image "registry.local:5000/lathe:1": rpc error: code = Canceled desc = failed to pull and unpack image "registry.local:5000/lathe:1": context canceled',
      ),
    ]);
    expect(failuresIn(report).map(({ classifier }) => classifier)).toEqual(['image/other']);
  });
});
