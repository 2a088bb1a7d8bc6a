/** The candidate that a person most likely meant by a name: another case, a part of it, or a few letters off. */
export function mostSimilar(name: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly score: number } | undefined;
  for (const candidate of candidates) {
    const score = candidate === name ? Number.POSITIVE_INFINITY : unlikeness(name, candidate);
    if (score <= Math.max(2, Math.floor(name.length / 3)) && (!best || score < best.score))
      best = { candidate, score };
  }
  return best?.candidate;
}

const SHORTEST_PART = 4;

function unlikeness(name: string, candidate: string): number {
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()].map((text) => text.replace(/[-_.]/g, '-'));
  if (a === undefined || b === undefined || a === b) return 0;
  const isPart = Math.min(a.length, b.length) >= SHORTEST_PART && (a.includes(b) || b.includes(a));
  return isPart ? 1 : distance(a, b);
}

/** How many letters must be put in, taken out or changed. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++)
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1),
      );
    previous = current;
  }
  return previous[b.length] ?? 0;
}
