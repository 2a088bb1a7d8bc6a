import type { Sink } from '../bundle/visitor.ts';

const NOTHING = Buffer.alloc(0);

/** Holds back the first bytes until they tell which sink is right; `ended` says that there are no more. */
export function byHead(size: number, choose: (head: Buffer, ended: boolean) => Sink | undefined): Sink {
  let held: Buffer = NOTHING;
  let chosen: Sink | undefined;
  let decided = false;

  function decide(ended: boolean) {
    decided = true;
    chosen = choose(held, ended);
    if (held.length > 0) chosen?.chunk(held);
    held = NOTHING;
  }

  return {
    chunk(bytes) {
      if (decided) return chosen?.chunk(bytes);
      const enough = held.length + bytes.length >= size;
      // What comes in one piece is passed on as it is.
      held = enough && held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      if (enough) decide(false);
    },
    end(complete) {
      if (!decided) decide(true);
      chosen?.end(complete);
    },
  };
}

/** Holds a text of bounded size; of a longer one it gives the beginning, and tells that it is cut. */
export function textSink(limit: number, read: (text: string) => void, tellCut: () => void): Sink {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    chunk(bytes) {
      if (size < limit) chunks.push(Buffer.from(bytes.subarray(0, limit - size)));
      size += bytes.length;
    },
    end() {
      if (size > limit) tellCut();
      read(Buffer.concat(chunks).toString('utf8'));
    },
  };
}

/** Gives UTF-16 text, as PowerShell's `>` writes it, to a sink of UTF-8; other bytes go through, without their mark. */
export function asUtf8(sink: Sink): Sink {
  return byHead(4, (head) => {
    const encoding = encodingOf(head);
    if (encoding === 'utf-8') return sink;
    // Half a character may come at the end of a chunk.
    const decoder = new TextDecoder(encoding);
    return {
      chunk: (bytes) => sink.chunk(Buffer.from(decoder.decode(bytes, { stream: true }))),
      end(complete) {
        sink.chunk(Buffer.from(decoder.decode()));
        sink.end(complete);
      },
    };
  });
}

/** By the byte order mark, or by where the empty halves of plain letters stand. */
function encodingOf(head: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? 'utf-16be' : 'utf-8';
}
