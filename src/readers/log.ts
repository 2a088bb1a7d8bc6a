import type { Sink } from '../bundle/visitor.ts';
import type { Log, LogOwner } from '../model/cluster.ts';
import { parseTime } from '../model/time.ts';
import type { LineRules } from './line-rules.ts';
/** First version: holds the whole log in memory; a streaming scanner takes its place. */
export function logSink(file: string, owner: LogOwner, rules: LineRules, done: (log: Log) => void): Sink {
  const chunks: Buffer[] = [];
  return {
    chunk: (b) => void chunks.push(Buffer.from(b)),
    end() {
      const text = Buffer.concat(chunks).toString('utf8');
      const lines = text
        .split('\n')
        .filter((l, i, a) => l !== '' || i < a.length - 1)
        .map((t, i) => {
          const [, stamp = '', rest = t] = /^(\d{4}-\S+Z) (.*)$/.exec(t) ?? [];
          return { line: i + 1, text: rest, time: parseTime(stamp) };
        });
      const hits = rules.flatMap(({ classifier, expressions }) => {
        const hit = lines.filter((l) => expressions.some((e) => e.match(l.text)));
        return hit.length
          ? [
              {
                classifier,
                count: hit.length,
                first: hit[0]?.time,
                last: hit.at(-1)?.time,
                lines: hit.slice(-3),
              },
            ]
          : [];
      });
      done({
        file,
        owner,
        lines: lines.length,
        bytes: text.length,
        first: lines[0]?.time,
        last: lines.at(-1)?.time,
        head: lines.slice(0, 5),
        tail: lines.slice(-40),
        hits,
      });
    },
  };
}
