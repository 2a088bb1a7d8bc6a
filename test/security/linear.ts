import { type CharSet, type Node, parseExpression } from './regex-tree.ts';

/** An automaton whose states are the positions of an expression; 0 is the start, where any character may pass by. */
type Automaton = {
  readonly sets: CharSet[];
  readonly next: Set<number>[];
  readonly last: Set<number>;
  /** Something behind the last position may still refuse the match. */
  readonly mayRefuse: boolean;
};

type Repeat = Extract<Node, { readonly is: 'repeat' }>;

type Part = {
  readonly first: Set<number>;
  readonly last: Set<number>;
  readonly nullable: boolean;
  readonly anchored: boolean;
};

const NOTHING: Part = { first: new Set(), last: new Set(), nullable: true, anchored: false };

function automatonOf(tree: Node): Automaton {
  const sets: CharSet[] = [(1n << 257n) - 1n];
  const next: Set<number>[] = [new Set([0])];
  let asserted = false;

  function link(from: ReadonlySet<number>, to: ReadonlySet<number>) {
    for (const state of from) for (const target of to) next[state]?.add(target);
  }

  function concat(a: Part, b: Part): Part {
    link(a.last, b.first);
    return {
      first: a.nullable ? new Set([...a.first, ...(a.anchored ? [] : b.first)]) : a.first,
      last: b.nullable ? new Set([...a.last, ...b.last]) : b.last,
      nullable: a.nullable && b.nullable,
      anchored: a.anchored || (a.nullable && b.anchored),
    };
  }

  function build(node: Node): Part {
    if (node.is === 'assertion') {
      asserted = true;
      return { ...NOTHING, anchored: node.anchors };
    }
    if (node.is === 'char') {
      sets.push(node.set);
      next.push(new Set());
      asserted = false;
      const state = new Set([sets.length - 1]);
      return { first: state, last: state, nullable: false, anchored: false };
    }
    if (node.is === 'sequence') return node.parts.map(build).reduce(concat, NOTHING);
    if (node.is === 'choice') {
      const parts = node.parts.map(build);
      return {
        first: new Set(parts.flatMap((part) => (part.anchored ? [] : [...part.first]))),
        last: new Set(parts.flatMap((part) => [...part.last])),
        nullable: parts.some(({ nullable }) => nullable),
        anchored: parts.every(({ anchored }) => anchored),
      };
    }
    return repeat(node);
  }

  /** A bounded repetition costs a constant: it stands as its least and one more, at most four. */
  function repeat({ of, least, most }: Repeat): Part {
    const copies = Math.min(Math.max(least, 1), 3);
    let part = NOTHING;
    for (let copy = 0; copy < copies; copy++) {
      const next = build(of);
      part = concat(part, copy < least ? next : { ...next, nullable: true });
      if (copy === copies - 1 && most === Infinity) link(next.last, next.first);
    }
    if (most !== Infinity && most > copies) part = concat(part, { ...build(of), nullable: true });
    return part;
  }

  const whole = build(tree);
  if (!whole.anchored) link(new Set([0]), whole.first);
  return { sets, next, last: whole.last, mayRefuse: asserted };
}

/** For each state, which states can be reached from it and reach it again. */
function loopsOf({ next }: Automaton): ReadonlySet<number>[] {
  const reach = next.map((_, from) => {
    const seen = new Set<number>();
    const open = [...(next[from] ?? [])];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (seen.has(state)) continue;
      seen.add(state);
      open.push(...(next[state] ?? []));
    }
    return seen;
  });
  return reach.map((reached, from) => new Set([...reached].filter((state) => reach[state]?.has(from))));
}

/**
 * Why an expression may take more than linear time, or nothing. Two loops that can read the same text one behind the
 * other (or the search for the start, and a loop) make it quadratic or worse; two ways through one loop, exponential.
 */
export function superLinear(source: string): string | undefined {
  const automaton = automatonOf(parseExpression(source));
  const loops = loopsOf(automaton);
  const states = automaton.next.map((_, state) => state).filter((state) => (loops[state]?.size ?? 0) > 0);
  for (const p of states)
    for (const q of states) {
      if (!automaton.mayRefuse && automaton.last.has(q)) continue;
      if (p !== q && pumps(automaton, loops, p, q)) return `the loops at ${p} and ${q} read the same text`;
      if (p === q && p !== 0 && forks(automaton, loops, p)) return `two ways through the loop at ${p}`;
    }
  return undefined;
}

/** Whether one word leads from p to p, from p to q and from q to q. */
function pumps(automaton: Automaton, loops: readonly ReadonlySet<number>[], p: number, q: number): boolean {
  const inP = loops[p] ?? new Set();
  const inQ = loops[q] ?? new Set();
  return search(
    automaton,
    [p, p, q],
    [p, q, q],
    [(state) => inP.has(state), () => true, (state) => inQ.has(state)],
  );
}

/** Whether one word leads from p to p in two ways. */
function forks(automaton: Automaton, loops: readonly ReadonlySet<number>[], p: number): boolean {
  const inP = loops[p] ?? new Set();
  const inside = (state: number) => inP.has(state);
  return search(automaton, [p, p, 0], [p, p, 1], [inside, inside]);
}

type Triple = readonly [number, number, number];

/** A walk of two or three states at once over the same word; with two, the third remembers whether they parted. */
function search(
  automaton: Automaton,
  from: Triple,
  to: Triple,
  allowed: readonly ((state: number) => boolean)[],
): boolean {
  const seen = new Set<string>();
  const open: Triple[] = [from];
  for (let at = open.pop(); at; at = open.pop())
    for (const step of stepsFrom(automaton, at, allowed)) {
      if (step.every((state, index) => state === to[index])) return true;
      const key = step.join();
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(step);
    }
  return false;
}

function stepsFrom(
  { sets, next }: Automaton,
  at: Triple,
  [inA, inB, inC]: readonly ((state: number) => boolean)[],
): Triple[] {
  const successors = (state: number, inside?: (state: number) => boolean) =>
    [...(next[state] ?? [])].filter((target) => inside?.(target));
  const pairs = successors(at[0], inA).flatMap((a) =>
    successors(at[1], inB).map((b) => ({ a, b, shared: (sets[a] ?? 0n) & (sets[b] ?? 0n) })),
  );
  const thirds = successors(at[2], inC);
  return pairs
    .filter(({ shared }) => shared !== 0n)
    .flatMap(({ a, b, shared }): Triple[] =>
      inC
        ? thirds.filter((c) => (shared & (sets[c] ?? 0n)) !== 0n).map((c) => [a, b, c])
        : [[a, b, at[2] === 1 || a !== b ? 1 : 0]],
    );
}
