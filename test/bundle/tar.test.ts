import path from 'node:path';
import { extract, pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { startReading } from '../../src/bundle/reading.ts';
import { tarIntake } from '../../src/bundle/tar.ts';
import { unpack } from '../../src/bundle/unpack.ts';
import type { Entry } from '../../src/bundle/visitor.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { temporaryFolder } from '../support/shells.ts';
import { body, END, header, member } from './hand-made-tar.ts';
import { list } from './listing.ts';
import { sh, testWith } from './tools.ts';

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type File = readonly [path: string, text: string];

/** Files of all sizes around a block, with short, long and foreign names. */
function someFiles(random: (below: number) => number): File[] {
  const names = ['cart', 'checkout-'.repeat(8), 'größe', 'orders-'.repeat(40), '支付'];
  return Array.from({ length: 1 + random(12) }, (_, i) => [
    `shop/${names[random(names.length)]}/${i}.log`,
    'x'.repeat([0, 1, 511, 512, 513, 1024, random(5000)][random(7)] ?? 0) + i,
  ]);
}

async function whole(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

async function packed(files: readonly File[]): Promise<Buffer> {
  const tar = pack();
  for (const [name, text] of files) tar.entry({ name, mtime: new Date(1_795_000_000_000) }, text);
  tar.entry({ name: 'shop/folder/', type: 'directory' });
  tar.entry({ name: 'shop/link', type: 'symlink', linkname: 'cart' });
  tar.finalize();
  return whole(tar);
}

/** What the library that packed them reads. */
async function readByLibrary(archive: Buffer): Promise<File[]> {
  const tar = extract();
  tar.end(archive);
  const files: File[] = [];
  for await (const entry of tar) {
    const text = (await whole(entry)).toString();
    if (entry.header.type === 'file') files.push([entry.header.name, text]);
  }
  return files;
}

/** What is read here when the bytes come in pieces of these sizes, and what is told. */
async function readInPieces(
  archive: Buffer,
  size: () => number,
): Promise<{
  readonly files: File[];
  readonly modified: (number | undefined)[];
  readonly problems: string[];
}> {
  const files: File[] = [];
  const modified: (number | undefined)[] = [];
  const problems: string[] = [];
  const visitor = {
    entry(entry: Entry) {
      const chunks: Buffer[] = [];
      modified.push(entry.modified);
      return {
        chunk: (bytes: Buffer) => void chunks.push(bytes),
        end: (complete: boolean) =>
          void files.push([entry.path, complete ? Buffer.concat(chunks).toString() : 'CUT']),
      };
    },
    problem: (file: string, message: string) => void problems.push(`${file}: ${message}`),
  };
  const reading = startReading(visitor, DEFAULT_LIMITS, unpack);
  const intake = tarIntake({ path: 'shop.tar', prefix: '', level: 0 }, reading);
  for (let at = 0; at < archive.length; ) {
    const end = at + size();
    await intake.chunk(archive.subarray(at, end));
    at = end;
  }
  await intake.end(true);
  reading.close();
  return { files, modified, problems };
}

test('whatever the sizes of files and pieces, all is read as tar-stream reads it', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = numbers(seed);
    const archive = await packed(someFiles(random));
    const most = [1, 100, 600, 3000, 100_000][seed % 5] ?? 1;
    const read = await readInPieces(archive, () => 1 + random(most));
    expect(read.files, `seed ${seed}`).toEqual(await readByLibrary(archive));
    expect(read.problems).toEqual(['shop/link: symbolic link, not followed']);
  }
});

test('what a shared PAX header says holds for all files behind it', async () => {
  const record = '17 mtime=1700000\n';
  const shared = [header({ name: 'pax_global_header', type: 'g', size: record.length }), body(record)];
  const archive = Buffer.concat([...shared, member('cart.log', 'a'), member('orders.log', 'b'), END]);
  const { files, modified } = await readInPieces(archive, () => 1000);
  expect(files).toEqual([
    ['cart.log', 'a'],
    ['orders.log', 'b'],
  ]);
  expect(modified).toEqual([1_700_000_000, 1_700_000_000]);
});

testWith(['tar'], 'behind the map of a sparse file with many holes the next file is found', async () => {
  const folder = temporaryFolder();
  const holes = Array.from({ length: 60 }, (_, i) => `printf x | dd of=hole bs=1 seek=${i}M conv=notrunc`);
  sh(folder, `${holes.join('; ')}; echo cart > cart.log; tar -S --format=gnu -cf map.tar hole cart.log`);
  const { texts, problems } = await list(path.join(folder, 'map.tar'));
  expect(texts).toEqual({ 'cart.log': 'cart\n' });
  expect(problems).toEqual(['hole: sparse file or unknown kind of member, not read']);
});
