import type { Sink } from './visitor.ts';

/** Takes the bytes of an archive; a promise means that the next chunk has to wait. */
export type Intake = {
  chunk(bytes: Buffer): Promise<void> | undefined;
  /** Called once; `complete` is false when the bytes were cut. */
  end(complete: boolean): Promise<void> | undefined;
};

/** A sink as the intake of a single file. */
export function toIntake(sink: Sink | undefined): Intake {
  return {
    chunk(bytes) {
      sink?.chunk(bytes);
      return undefined;
    },
    end(complete) {
      sink?.end(complete);
      return undefined;
    },
  };
}
