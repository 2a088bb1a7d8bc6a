import type { Log, LogHit } from './cluster.ts';
import type { Evidence, Proof } from './evidence.ts';
import { type Ref, refTo } from './ref.ts';
import { formatTime } from './time.ts';

/** The lines that one class asked for and that a log held, with whose log it is. */
export type Logged = {
  readonly subject: Ref;
  readonly container: string | undefined;
  readonly hit: LogHit;
  readonly proof: Proof;
};

const HOUR = 3_600_000;

/** What a class's own `lines` found in logs within an hour before the bundle was made; lines without a time count. */
export function* recentlyLogged(
  logs: readonly Log[],
  classifier: string,
  time: number | undefined,
): Iterable<Logged> {
  for (const log of logs)
    for (const hit of log.hits) {
      if (hit.classifier !== classifier) continue;
      if (time !== undefined && hit.last !== undefined && time - hit.last > HOUR) continue;
      const [first, ...others] = hit.lines.map((line) => lineEvidence(log.file, line)).reverse();
      if (!first) continue;
      const { owner } = log;
      yield {
        subject:
          owner.of === 'node'
            ? refTo('Node', undefined, owner.node)
            : refTo('Pod', owner.namespace, owner.pod),
        container: owner.of === 'node' ? undefined : owner.container,
        hit,
        proof: [first, ...others],
      };
    }
}

function lineEvidence(file: string, { line, text, time }: LogHit['lines'][number]): Evidence {
  return { file, line, excerpt: text, ...(time === undefined ? {} : { time: formatTime(time) }) };
}
