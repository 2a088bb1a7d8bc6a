/** Milliseconds by part of the work. */
export type Timings = ReadonlyMap<string, number>;

let parts: Map<string, number> | undefined;
/** Time that the pieces inside the one at hand took. */
let inside = 0;

/** Begins to record where the time goes; the returned function gives what was recorded so far. */
export function recordTimings(): () => Timings {
  const recorded = new Map<string, number>();
  const start = performance.now();
  const loop = performance.eventLoopUtilization();
  parts = recorded;
  return () => {
    const total = performance.now() - start;
    const worked = [...recorded.values()].reduce((sum, ms) => sum + ms, 0);
    // Files are read and inflated in threads of their own: this one waits for them, or is busy with what they bring.
    const { idle } = performance.eventLoopUtilization(loop);
    return new Map([
      ...recorded,
      ['wait for files and inflating', idle],
      ['what is left', Math.max(0, total - worked - idle)],
      ['total', total],
    ]);
  };
}

/** Runs a piece of work that does not wait; while recording, its time, without that of pieces inside, goes to its part. */
export function timed<T>(part: string, run: () => T): T {
  if (!parts) return run();
  const around = inside;
  inside = 0;
  const start = performance.now();
  try {
    return run();
  } finally {
    const took = performance.now() - start;
    parts.set(part, (parts.get(part) ?? 0) + took - inside);
    inside = around + took;
  }
}
