/** Adds up where the time of a run goes. */
export type Timings = {
  /** Runs a piece of work and adds its time to a part; work that is measured inside it counts for its own part only. */
  measure<T>(part: string, run: () => T): T;
  /** As `measure`, for work that waits; the work of others meanwhile counts for theirs. */
  measureAsync<T>(part: string, run: () => Promise<T>): Promise<T>;
  /** Milliseconds by part, in the order in which they were first seen. */
  parts(): ReadonlyMap<string, number>;
};
