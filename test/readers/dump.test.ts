import { expect, test } from 'vitest';
import type { Sink } from '../../src/bundle/visitor.ts';
import { dumpSink } from '../../src/readers/dump.ts';

function collector(into: string[]): Sink {
  let text = '';
  return {
    chunk: (bytes) => {
      text += bytes.toString();
    },
    end: (complete) => void into.push(complete ? text : `${text}(cut)`),
  };
}

function split(text: string, size: number) {
  const objects: string[] = [];
  const logs: string[] = [];
  const begun: string[] = [];
  const sink = dumpSink(collector(objects), ({ namespace, pod, container, before }) => {
    begun.push(`${namespace}/${pod}/${container} after ${before}`);
    return collector(logs);
  });
  for (let at = 0; at < text.length; at += size) {
    const chunk = Buffer.from(text.slice(at, at + size));
    sink.chunk(chunk);
    chunk.fill(0x78);
  }
  sink.end(true);
  return { objects, logs, begun };
}

const DUMP = `{
  "kind": "NodeList"
}
==== START logs for container init of pod shop/cart-0 ====
one
=== two
==== END logs for container init of pod shop/cart-0 ====
==== START logs for container cart of pod shop/cart-0 ====
==== END of the world
==== END logs for container cart of pod shop/cart-0 ====
{
  "kind": "PodList"
}
==== START logs for container cart of pod shop/cart-1 ====
cut he`;

test('objects and logs are told apart wherever the bytes are split', () => {
  for (const size of [1, 3, 8, 61, 10_000])
    expect(split(DUMP, size), `pieces of ${size}`).toEqual({
      objects: ['{\n  "kind": "NodeList"\n}\n{\n  "kind": "PodList"\n}\n'],
      logs: ['one\n=== two\n', '==== END of the world\n', 'cut he(cut)'],
      begun: ['shop/cart-0/init after 4', 'shop/cart-0/cart after 8', 'shop/cart-1/cart after 14'],
    });
});

test('a file of one pod begins with a mark; other text goes through', () => {
  expect(
    split(
      '==== START logs for container a of pod b/c ====\nx\n==== END logs for container a of pod b/c ====\n',
      7,
    ),
  ).toEqual({
    objects: [''],
    logs: ['x\n'],
    begun: ['b/c/a after 1'],
  });
  expect(split('no marks\n====', 4).objects).toEqual(['no marks\n====']);
});
