import { digitMask, digitTexts } from './line-digits.ts';
import { saidIn } from './log-time.ts';

/** Longer lines are looked at each time. */
const LONGEST = 1024;
/** So many shapes are remembered, each at the place that its hash gives it. */
const PLACES = 8192;

/** What is known of a shape: the rules that match its lines; nothing where that depends on their digits. */
type Shape = { readonly bytes: Uint8Array; readonly matched: readonly number[] | undefined };

/**
 * Remembers which rules match the lines of a shape: those that differ in their numbers only. A program says the same
 * things again and again, and most expressions do not tell one number from another.
 */
export type Shapes = {
  /** The rules that match the line bytes[from, to), when that is known. */
  matched(bytes: Uint8Array, from: number, to: number): readonly number[] | undefined;
  /** Takes what was found for the line that `matched` was last asked about, where these expressions were tried. */
  learn(tried: readonly number[], matched: readonly number[]): void;
};

/** Remembers nothing yet. `sources` are of the expressions, `literals` the texts without which none is tried. */
export function createShapes(sources: readonly string[], literals: readonly string[]): Shapes {
  const asked = sources.map(digitTexts);
  const { mask, test } = digitMask([...asked.flat(), ...literals]);
  const inExpression = asked.map(test);
  const inLiterals = test(literals);
  const places: (Shape | undefined)[] = Array(PLACES).fill(undefined);
  const masked = Buffer.alloc(LONGEST);
  /** Of the line at hand: its length, 0 when it is not to be learned, and its place. */
  let length = 0;
  let place = 0;

  function depends(tried: readonly number[]): boolean {
    const line = saidIn(masked.toString('latin1', 0, length));
    return inLiterals(line) || tried.some((index) => inExpression[index]?.(line) ?? true);
  }

  return {
    matched(bytes, from, to) {
      length = 0;
      if (to - from > LONGEST || to === from) return undefined;
      const hash = mask(bytes, from, to, masked);
      place = (hash ^ (hash >>> 16)) & (PLACES - 1);
      const known = places[place];
      if (known !== undefined && isSame(known.bytes, masked, to - from)) return known.matched;
      length = to - from;
      return undefined;
    },
    learn(tried, matched) {
      if (length === 0) return;
      const bytes = Uint8Array.prototype.slice.call(masked, 0, length);
      places[place] = { bytes, matched: depends(tried) ? undefined : matched };
    },
  };
}

function isSame(known: Uint8Array, masked: Uint8Array, length: number): boolean {
  if (known.length !== length) return false;
  for (let i = 0; i < length; i++) if (known[i] !== masked[i]) return false;
  return true;
}
