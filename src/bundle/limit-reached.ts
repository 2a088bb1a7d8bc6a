import { allowing, type LimitName } from '../model/limits.ts';

/** Ends the reading of an archive at a limit; caught where that archive was opened. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';

  constructor(message: string, limit?: LimitName) {
    super(`${message}; the rest is not read${limit ? ` ${allowing(limit)}` : ''}`);
  }
}

/** Gives back a limit that was reached and throws everything else. */
export function limitOf(error: unknown): LimitReached {
  if (error instanceof LimitReached) return error;
  throw error;
}
