import type { DigitMask } from './line-digits.ts';
import { saidIn } from './log-time.ts';

/**
 * Remembers which rules match the lines of a shape: those that differ in their numbers only. A program says the same
 * things again and again, and most expressions do not tell one number from another.
 */
export type Shapes = {
  /** A line of a shape that was not seen yet, or not since another took its number. */
  begin(shape: number): void;
  /** The rules that match lines of a shape, when that is known. */
  matched(shape: number): readonly number[] | undefined;
  /**
   * Takes what was found for a line of a shape that is not known yet, where these expressions were tried. Many a line is
   * the only one of its shape, so there is nothing to be learned from the first.
   */
  learn(shape: number, line: Buffer, tried: readonly number[], matched: readonly number[]): void;
};

/** Remembers nothing yet. `asked` are the digits that each expression asks for, `literals` what none is tried without. */
export function createShapes(
  mask: DigitMask,
  asked: readonly (readonly string[])[],
  literals: readonly string[],
): Shapes {
  const inExpression = asked.map(mask.test);
  const inLiterals = mask.test(literals);
  const known: (readonly number[] | 'each its own' | undefined)[] = [];

  /** Whether lines of this shape may match although this one does not, or the other way round. */
  function depends(line: string, tried: readonly number[]): boolean {
    return inLiterals(line) || tried.some((index) => inExpression[index]?.(line) ?? true);
  }

  return {
    begin(shape) {
      known[shape] = undefined;
    },
    matched(shape) {
      const rules = known[shape];
      return rules === 'each its own' ? undefined : rules;
    },
    learn(shape, line, tried, matched) {
      if (known[shape]) return;
      const masked = saidIn(mask.masked(line.toString('latin1'))).toLowerCase();
      known[shape] = depends(masked, tried) ? 'each its own' : matched;
    },
  };
}
