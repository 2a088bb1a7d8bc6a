import * as fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { body, END, header, member, pax, paxRaw } from './hand-made-tar.ts';
import { zip } from './hand-made-zip.ts';
import { list } from './listing.ts';
import { sh, testWith } from './tools.ts';

let folder: string;

/** Lines that deflate badly, so that a cut archive is cut in the middle. */
const orders = Array.from(
  { length: 20_000 },
  (_, i) => `order ${(i * 2_654_435_761) % 4_294_967_296} placed`,
).join('\n');
const long = `shop/${'cart-'.repeat(30)}/${'checkout-'.repeat(10)}.log`;
const FILES: Readonly<Record<string, string>> = {
  'shop/about.txt': 'layout=1\n',
  'shop/empty.log': '',
  'shop/logs/größe.log': 'umlaut\n',
  'shop/logs/orders.log': orders,
  [long]: 'long\n',
};

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bundle-'));
  for (const [file, text] of Object.entries(FILES)) {
    fs.mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
  fs.symlinkSync('about.txt', path.join(folder, 'shop/link.txt'));
  fs.symlinkSync('/etc', path.join(folder, 'shop/etc'));
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);

/** Writes a file into the folder and returns its path. */
function written(name: string, ...parts: readonly (Buffer | string)[]): string {
  fs.writeFileSync(at(name), Buffer.concat(parts.map((part) => Buffer.from(part))));
  return at(name);
}

describe('what real tools pack is read', () => {
  const expectFiles = async (name: string, prefix = '') => {
    const listing = await list(at(name));
    const files = Object.fromEntries(Object.entries(FILES).map(([file, text]) => [prefix + file, text]));
    expect(listing.texts).toEqual(files);
    expect(listing.cut).toEqual([]);
    expect(listing.summary).toMatchObject({
      name,
      complete: true,
      files: 5,
      bytes: fs.statSync(at(name)).size,
    });
    expect(listing.problems).toEqual([expect.stringMatching(/symbolic link, not followed \(and 1 more\)$/)]);
  };

  for (const format of ['gnu', 'posix', 'v7'])
    testWith(['tar'], `GNU tar, ${format}`, async () => {
      // The old format has no place for long names.
      if (format === 'v7') sh(folder, `tar --format=v7 -cf v7.tar shop/logs shop/about.txt`);
      else sh(folder, `tar --format=${format} -cf ${format}.tar shop`);
      if (format === 'v7') expect((await list(at('v7.tar'))).texts['shop/logs/orders.log']).toBe(orders);
      else await expectFiles(`${format}.tar`);
    });

  testWith(['tar', 'gzip'], 'GNU tar through gzip', async () => {
    sh(folder, 'tar -czf gnu.tgz shop');
    await expectFiles('gnu.tgz');
  });

  testWith(['tar', 'gzip'], 'gzip in several members, as pigz and mgzip write it', async () => {
    sh(
      folder,
      'tar -cf members.tar shop; (head -c 100000 members.tar | gzip; tail -c +100001 members.tar | gzip) > m.tgz',
    );
    await expectFiles('m.tgz');
  });

  for (const format of ['pax', 'gnutar', 'ustar'])
    testWith(['bsdtar'], `bsdtar, ${format}`, async () => {
      sh(folder, `bsdtar --format=${format} -cf bsd-${format}.tar shop`);
      await expectFiles(`bsd-${format}.tar`);
    });

  testWith(['busybox'], 'busybox tar', async () => {
    sh(folder, 'busybox tar -cf busybox.tar shop');
    await expectFiles('busybox.tar');
  });

  testWith(['bsdtar'], 'zip', async () => {
    sh(folder, 'bsdtar --format=zip -cf shop.zip shop');
    await expectFiles('shop.zip');
  });

  testWith(['tar', 'zstd'], 'zstd', async () => {
    sh(folder, 'tar -cf - shop | zstd -q > shop.tar.zst');
    await expectFiles('shop.tar.zst');
  });

  testWith(['tar', 'xz'], 'xz, through the program of that name', async () => {
    sh(folder, 'tar -cJf shop.tar.xz shop');
    await expectFiles('shop.tar.xz');
  });

  testWith(['tar'], 'a sparse file is left out and told', async () => {
    sh(
      folder,
      'truncate -s 1M hole && echo end >> hole && tar -S --format=gnu -cf sparse.tar hole shop/about.txt',
    );
    const { paths, problems } = await list(at('sparse.tar'));
    expect(paths).toEqual(['shop/about.txt']);
    expect(problems).toEqual(['hole: sparse file or unknown kind of member, not read']);
  });
});

describe('a bundle is told by its content', () => {
  test('a folder is read in the order of its names, its links are not followed', async () => {
    const { paths, texts, problems } = await list(at('shop'));
    expect(paths).toEqual([
      'about.txt',
      ...[long.slice(5)],
      'empty.log',
      'logs/größe.log',
      'logs/orders.log',
    ]);
    expect(texts['logs/orders.log']).toBe(orders);
    expect(problems).toEqual(['etc: symbolic link, not followed (and 1 more)']);
  });

  test('a single file is one entry, also when it is compressed', async () => {
    expect((await list(at('shop/about.txt'))).texts).toEqual({ 'about.txt': 'layout=1\n' });
    const gz = written('cart.log.gz', zlib.gzipSync('cart\n'));
    expect((await list(gz)).texts).toEqual({ 'cart.log': 'cart\n' });
  });

  test('the name of the file does not matter', async () => {
    const odd = written('bundle.zip', zlib.gzipSync(Buffer.concat([member('cart.log', 'cart'), END])));
    expect((await list(odd)).texts).toEqual({ 'cart.log': 'cart' });
  });

  test.each([
    ['nothing there', () => at('missing.tgz'), /missing\.tgz: no such file or folder$/],
    ['an empty file', () => written('empty', ''), /^empty: the file is empty$/],
    [
      'a picture',
      () => written('x.png', Buffer.from('89504e470d0a1a0a0000000d', 'hex')),
      /^x\.png: neither an archive/,
    ],
    ['an empty archive', () => written('none.tar', header({ name: 'd/', type: '5' }), END), /holds no file/],
    ['a cut zip', () => written('cut.zip', 'PK\u0003\u0004', Buffer.alloc(100)), /is damaged or cut/],
    ['bzip2', () => written('x.bz2', 'BZh91AY'), /bzip2 -dc 'x\.bz2' \| casefile analyze -$/],
  ])('%s is refused in one line', async (_, make, message) => {
    const error = await list(make()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error).replace('UserError: ', '')).toMatch(message);
    expect(String(error)).not.toContain('\n');
  });
});

describe('what is packed inside', () => {
  test('a compressed log is inflated on the way and keeps its path', async () => {
    const gz = zlib.gzipSync('rotated\n').toString('latin1');
    const name = 'shop/cart.log.1.gz';
    const tar = written(
      'rotated.tar',
      header({ name, size: gz.length }),
      body(Buffer.from(gz, 'latin1')),
      member('shop/cart.log', 'new\n'),
      END,
    );
    const { texts, paths } = await list(tar);
    expect(texts).toEqual({ [name]: 'rotated\n', 'shop/cart.log': 'new\n' });
    expect(paths).toEqual([name, 'shop/cart.log']);
  });

  testWith(
    ['tar', 'bsdtar'],
    'archives in an archive or in a folder are opened, one level deep',
    async () => {
      fs.mkdirSync(at('nodes'), { recursive: true });
      sh(
        folder,
        'bsdtar --format=zip -cf nodes/node-1.zip -C shop about.txt && tar -czf nodes/node-2.tgz -C shop about.txt',
      );
      sh(folder, 'tar -cf deep.tar nodes && mkdir -p outer && tar -czf outer/all.tgz deep.tar');
      const expected = {
        'nodes/node-1.zip/about.txt': 'layout=1\n',
        'nodes/node-2.tgz/about.txt': 'layout=1\n',
      };
      expect((await list(at('deep.tar'))).texts).toEqual(expected);
      expect((await list(at('nodes'))).texts).toEqual({
        'node-1.zip/about.txt': 'layout=1\n',
        'node-2.tgz/about.txt': 'layout=1\n',
      });
      const { problems } = await list(at('outer/all.tgz'));
      expect(problems).toEqual([
        expect.stringMatching(
          /^deep\.tar\/nodes\/.*: an archive two archives deep, not read \(and 1 more\)$/,
        ),
      ]);
    },
  );
});

describe('a cut or damaged archive gives all that comes before', () => {
  test('a file in a zip whose checksum is wrong is read, and told of', async () => {
    const right = await list(written('right.zip', zip('cart.log')));
    expect([right.texts, right.cut, right.problems]).toEqual([{ 'cart.log': 'cart failed\n' }, [], []]);
    const wrong = await list(written('wrong.zip', zip('cart.log', { checksum: 5 })));
    expect(wrong.texts).toEqual(right.texts);
    expect(wrong.cut).toEqual(['cart.log']);
    expect(wrong.problems).toEqual([
      expect.stringMatching(/^cart\.log: .*checksum in the zip archive differs$/),
    ]);
    expect(wrong.summary.complete).toBe(false);
  });

  const whole = Buffer.concat([
    member('a.log', 'first'),
    member('b.log', orders),
    member('c.log', 'third'),
    END,
  ]);
  const packed = zlib.gzipSync(whole);

  test.each([1, 10, 50, 90, 99])('gzip cut at %i %%', async (percent) => {
    const cut = packed.subarray(0, Math.floor((packed.length * percent) / 100));
    const { texts, summary, problems } = await list(written('cut.tgz', cut));
    const out = zlib.gunzipSync(cut, { finishFlush: zlib.constants.Z_SYNC_FLUSH });
    expect(texts['a.log']).toBe('first');
    expect(texts['b.log']).toBe(out.toString().slice(1536, 1536 + orders.length));
    expect(summary.complete).toBe(false);
    expect(problems[0]).toMatch(/^cut\.tgz: the compressed data ends early/);
  });

  test('tar cut inside a file ends that file as incomplete', async () => {
    const { cut, texts, problems } = await list(written('cut.tar', whole.subarray(0, 5000)));
    expect(cut).toEqual(['b.log']);
    expect(texts['b.log']).toBe(orders.slice(0, 5000 - 1536));
    expect(problems).toEqual(['b.log: the archive ends inside this file']);
  });

  test('tar without its end mark is told, its files are read', async () => {
    const { summary, texts } = await list(written('open.tar', member('a.log', 'first')));
    expect(texts).toEqual({ 'a.log': 'first' });
    expect(summary.complete).toBe(false);
  });

  test('a flipped byte costs what comes after it, and is told', async () => {
    for (let flipped = 2000; flipped < packed.length; flipped += 4999) {
      const damaged = Buffer.from(packed);
      damaged[flipped] = (damaged[flipped] ?? 0) ^ 0x55;
      const sound = zlib.gunzipSync(packed.subarray(0, flipped), {
        finishFlush: zlib.constants.Z_SYNC_FLUSH,
      });
      const { texts, problems } = await list(written('flipped.tgz', damaged));
      expect(texts['a.log']).toBe('first');
      expect(texts['b.log']).toContain(sound.toString('latin1', 1536, 1536 + orders.length));
      expect(problems).toContainEqual(expect.stringMatching(/damaged|ends early/));
    }
  });

  test('garbage behind the compressed data does no harm and is told', async () => {
    const { texts, problems } = await list(written('garbage.tgz', packed, 'garbage'));
    expect(texts).toMatchObject({ 'a.log': 'first', 'c.log': 'third' });
    expect(problems).toHaveLength(1);
  });

  test('zeros behind the compressed data are padding', async () => {
    expect((await list(written('padded.tgz', packed, Buffer.alloc(5000)))).problems).toEqual([]);
  });
});

describe('hostile archives', () => {
  const good = member('good.log', 'good');
  const NEGATIVE = Buffer.from('fffffffffffffffffffffffe', 'hex');

  test.each<[string, Buffer, Record<string, string>, RegExp]>([
    ['a path that leads out', member('../../evil', 'x'), { '../../evil': 'x' }, /leads out of the bundle/],
    ['an absolute path', member('/etc/evil', 'x'), { '/etc/evil': 'x' }, /leads out of the bundle/],
    ['a Windows path', member('..\\..\\evil', 'x'), { '..\\..\\evil': 'x' }, /leads out of the bundle/],
    [
      'a link and a file below it',
      Buffer.concat([header({ name: 'l', type: '2' }), member('l/x', 'x')]),
      { 'l/x': 'x' },
      /^l: symbolic link/,
    ],
    ['a hard link', header({ name: 'h', type: '1' }), {}, /^h: hard link/],
    ['a device', header({ name: 'd', type: '3' }), {}, /^d: device/],
    ['a pipe', header({ name: 'p', type: '6' }), {}, /^p: named pipe/],
    [
      'an unknown kind',
      Buffer.concat([header({ name: 'z', type: 'Z', size: 3 }), body('abc')]),
      {},
      /^z: sparse file or unknown kind/,
    ],
    [
      'the same path twice',
      Buffer.concat([member('a', 'one'), member('a', 'two')]),
      { a: 'one' },
      /^a: a second file/,
    ],
    ['no name', member('', 'x'), {}, /without a name/],
    ['a name that is not UTF-8', member(Buffer.from([0x63, 0xe9]), 'x'), { 'c\\xe9': 'x' }, /^$/],
    [
      'PAX with the wrong length',
      Buffer.concat([paxRaw('99999 path=x\n'), member('a', 'x')]),
      { a: 'x' },
      /malformed/,
    ],
    ['PAX with garbage', Buffer.concat([paxRaw('garbage'), member('a', 'x')]), { a: 'x' }, /malformed/],
    ['PAX of length 0', Buffer.concat([paxRaw('0 a=b\n'), member('a', 'x')]), { a: 'x' }, /malformed/],
    [
      'PAX with another size',
      Buffer.concat([pax({ size: '1' }), member('a', 'xy')]),
      { a: 'x' },
      /a size although it is small/,
    ],
    [
      'PAX with a NUL in the path',
      Buffer.concat([pax({ path: 'a\0b' }), member('c', 'x')]),
      { a: 'x' },
      /NUL/,
    ],
    ['a path of digits', Buffer.concat([pax({ path: '12345' }), member('a', 'x')]), { 12345: 'x' }, /^$/],
    [
      '__proto__',
      Buffer.concat([pax({ path: '__proto__' }), member('a', 'x')]),
      JSON.parse('{"__proto__":"x"}'),
      /^$/,
    ],
    [
      'a name of 100 KB',
      Buffer.concat([
        header({ name: 'L', type: 'L', size: 100_000 }),
        body(`${'a/'.repeat(49_999)}aa`),
        member('a', 'x'),
      ]),
      {},
      /a path of more than/,
    ],
    [
      'a name of 65 folders',
      Buffer.concat([pax({ path: `${'a/'.repeat(65)}a` }), member('a', 'x')]),
      {},
      /folders/,
    ],
  ])('%s does no harm, is told, and the rest is read', async (_, bytes, files, problem) => {
    const { texts, problems } = await list(written('hostile.tar', bytes, good, END));
    expect({ ...texts }).toEqual({ ...files, 'good.log': 'good' });
    expect(problems.join('\n')).toMatch(problem);
  });

  test.each<[string, Buffer]>([
    ['a damaged header', header({ name: 'b', damaged: true })],
    ['a size of 2^56', header({ name: 'b', sizeField: Buffer.from('8000000000ffffffffffffff', 'hex') })],
    ['a size that is no number of its kind', header({ name: 'b', sizeField: Buffer.alloc(12, 0xfd) })],
    ['a folder without a valid size', header({ name: 'b/', type: '5', sizeField: Buffer.alloc(12, 0xfd) })],
    ['a negative size', header({ name: 'b', sizeField: NEGATIVE })],
    ['a negative size in a PAX header', Buffer.concat([pax({ size: '-5' }), member('b', 'x')])],
    ['a hard link with content', header({ name: 'b', type: '1', size: 99 })],
    ['a size that is no number', header({ name: 'b', sizeField: Buffer.from('zzzzzzzzzzz\0') })],
    ['a long name that claims 100 MB', header({ name: 'L', type: 'L', size: 100 * 1024 ** 2 })],
  ])('%s ends the archive, what came before is read', async (_, bytes) => {
    const { texts, summary, problems } = await list(written('hostile.tar', good, bytes, good, END));
    expect(texts).toEqual({ 'good.log': 'good' });
    expect(summary.complete).toBe(false);
    expect(problems.at(0)).toMatch(
      /^hostile\.tar: the tar header behind (?:good\.log|b) is damaged; the rest/,
    );
  });

  test('what stands behind the end mark is read and told', async () => {
    const { texts, problems } = await list(written('after.tar', good, END, member('hidden.log', 'x'), END));
    expect(texts).toEqual({ 'good.log': 'good', 'hidden.log': 'x' });
    expect(problems).toEqual([
      'hidden.log: it stands behind the end mark of the archive, where other programs do not look',
    ]);
  });
});

describe('limits cut, are told, and what was read stays', () => {
  const bomb = zlib.gzipSync(
    Buffer.concat([
      member('a.log', 'first'),
      header({ name: 'b.log', size: 2 ** 27 }),
      Buffer.alloc(2 ** 27),
    ]),
  );

  test.each([
    ['files', { entries: 1 }, /more than 1 files; the rest is not read \(--limit entries=N allows more\)/],
    [
      'bytes',
      { size: 2 ** 20 },
      /more than 1048576 bytes; the rest is not read \(--limit size=N allows more\)/,
    ],
    ['the ratio', { ratio: 100 }, /inflates to more than 100 times its size; the rest is not read/],
  ])('%s', async (_, limits, message) => {
    const { texts, problems, summary } = await list(written('bomb.tgz', bomb), {
      ...DEFAULT_LIMITS,
      ...limits,
    });
    expect(texts['a.log']).toBe('first');
    expect(problems[0]).toMatch(message);
    expect(summary.complete).toBe(false);
  });

  test('a packed file inside may be only so large', async () => {
    const gz = zlib.gzipSync(orders);
    const tar = written(
      'large.tar',
      header({ name: 'o.log.gz', size: gz.length }),
      body(gz),
      member('a.log', 'x'),
      END,
    );
    const { texts, cut, problems } = await list(tar, { ...DEFAULT_LIMITS, packed: 1000 });
    expect(texts).toEqual({ 'o.log.gz': '', 'a.log': 'x' });
    expect(cut).toEqual(['o.log.gz']);
    expect(problems).toEqual([
      'o.log.gz: packed, and larger than 1000 bytes, not read (--limit packed=N allows more)',
    ]);
  });
});
