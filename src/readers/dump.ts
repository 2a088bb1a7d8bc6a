import type { Sink } from '../bundle/visitor.ts';
import { lineSink } from './lines.ts';

const START = /^==== START logs for container (\S+) of pod ([^/\s]+)\/(\S+) ====$/;
const END = /^==== END logs for container (\S+) of pod ([^/\s]+)\/(\S+) ====$/;

/** Whose log begins, and how many lines of the file stand before it. */
export type Begun = {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly before: number;
};

/**
 * Splits what `kubectl cluster-info dump` prints: JSON documents, and the logs of containers between lines that say
 * whose they are. What stands between the logs goes to `objects`.
 */
export function dumpSink(objects: Sink | undefined, log: (begun: Begun) => Sink): Sink {
  let open: Sink | undefined;
  return lineSink({
    line(text, number) {
      const [, container, namespace, pod] = START.exec(text) ?? [];
      if (container && namespace && pod) {
        open?.end(false);
        open = log({ namespace, pod, container, before: number });
      } else if (open && END.test(text)) {
        open.end(true);
        open = undefined;
      } else (open ?? objects)?.chunk(Buffer.from(`${text}\n`));
    },
    end(complete) {
      open?.end(false);
      objects?.end(complete);
    },
  });
}
