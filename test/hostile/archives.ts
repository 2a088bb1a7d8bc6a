import * as zlib from 'node:zlib';
import { body, END, header, member, pax, paxRaw } from '../bundle/hand-made-tar.ts';
import { zip } from '../bundle/hand-made-zip.ts';
import { randomFrom } from '../redact/canaries.ts';
import { type Hostile, podList } from './input.ts';

const PODS = member('casefile-x/objects/pods.json', podList());
const tar = (...parts: readonly Buffer[]) => Buffer.concat([...parts, PODS, END]);
const noise = (bytes: number) => {
  const random = randomFrom(9);
  return Buffer.from(Array.from({ length: bytes }, () => random(256)));
};
const deep = (levels: number): Buffer =>
  Array.from({ length: levels }, (_, at) => at + 1).reduce((inner, level) => {
    const archive = Buffer.concat([inner, END]);
    return Buffer.concat([header({ name: `${level}.tar`, size: archive.length }), body(archive)]);
  }, PODS);

const t = (name: string, bytes: () => Buffer, says?: RegExp): Hostile => ({
  name,
  bytes,
  as: '.tar',
  ...(says ? { says } : {}),
});

/** Archives that lie, lead outside, swell or end early. */
export const ARCHIVES: readonly Hostile[] = [
  t('a path that climbs out', () => tar(member('../../evil', 'abc')), /cart-0/),
  t('a path that climbs out in the middle', () => tar(member('casefile-x/../../../evil', 'abc')), /cart-0/),
  t('an absolute path', () => tar(member('/etc/evil', 'abc')), /cart-0/),
  t('a path with backslashes', () => tar(member('..\\..\\evil', 'abc')), /cart-0/),
  t('a path with a drive', () => tar(member('C:\\Windows\\evil', 'abc')), /cart-0/),
  t(
    'a symbolic link, and a file behind it',
    () => tar(header({ name: 'l', type: '2' }), member('l/x', 'abc')),
    /symbolic link, not followed/,
  ),
  t(
    'a hard link to a file of the machine',
    () => tar(header({ name: 'l', type: '1' })),
    /hard link, not followed/,
  ),
  t(
    'a chain of links',
    () => tar(...Array.from({ length: 50 }, (_, at) => header({ name: `l${at}`, type: '2' }))),
    /symbolic link/,
  ),
  t('a device', () => tar(header({ name: 'd', type: '3' })), /device, not read/),
  t('a block device', () => tar(header({ name: 'd', type: '4' })), /device, not read/),
  t('a named pipe', () => tar(header({ name: 'd', type: '6' })), /named pipe, not read/),
  t(
    'a member of an unknown kind',
    () => tar(header({ name: 'd', size: 3, type: 'Z' }), body('abc')),
    /unknown kind of member/,
  ),
  t('a sparse file', () => tar(header({ name: 's', size: 3, type: 'S' }), body('abc')), /sparse file/),
  t('a negative size', () => tar(header({ name: 'n', sizeField: Buffer.alloc(12, 0xff) })), /damaged/),
  t(
    'a size of 2^63',
    () =>
      tar(header({ name: 'n', sizeField: Buffer.from('80000000' + '7fffffffffffffff', 'hex') }), body('abc')),
    /damaged|neither an archive/,
  ),
  t(
    'a size that is no number',
    () => tar(header({ name: 'n', sizeField: Buffer.from('zzzzzzzzzzz\0') }), body('abc')),
    /damaged|neither an archive/,
  ),
  t(
    'a size that is larger than the file',
    () => Buffer.concat([PODS, header({ name: 'n', size: 8 ** 10 }), body('abc')]),
    /ends inside/,
  ),
  t(
    'a wrong checksum',
    () => Buffer.concat([PODS, header({ name: 'b', size: 3, damaged: true }), body('def'), END]),
    /damaged/,
  ),
  t('a PAX path of digits', () => tar(pax({ path: '12345' }), member('a', 'abc'))),
  t('a PAX path with NUL', () => tar(pax({ path: 'a\0b' }), member('a', 'abc'))),
  t('a PAX path that climbs out', () => tar(pax({ path: '../../evil' }), member('a', 'abc')), /cart-0/),
  t('a PAX size that is huge', () => tar(pax({ size: '9999999999999' }), member('a', 'abc'))),
  t('a PAX size that is negative', () => tar(pax({ size: '-5' }), member('a', 'abc'))),
  t('a PAX size that differs, to smuggle a member', () =>
    tar(pax({ size: '0' }), header({ name: 'a', size: 1024 }), member('hidden', 'x'), END),
  ),
  t(
    'PAX keys of JavaScript',
    () => tar(pax({ ['__proto__']: 'x', constructor: 'y', path: '__proto__' }), member('a', 'abc')),
    /cart-0/,
  ),
  t('PAX garbage', () => tar(paxRaw('5 a=b\nGARBAGE'), member('a', 'abc'))),
  t('a PAX record of length 0', () => tar(paxRaw('0 a=b\n'), member('a', 'abc'))),
  t('a PAX record that is longer than its header', () =>
    tar(paxRaw('99999999 path=x\n'), member('a', 'abc')),
  ),
  t('a PAX header of 20 MB', () => tar(paxRaw(`${'9'.repeat(20_000_000)}`), member('a', 'abc'))),
  t('10,000 PAX headers in a row', () =>
    tar(...Array.from({ length: 10_000 }, () => pax({ path: 'a' })), member('a', 'abc')),
  ),
  t(
    'a long name that claims 100 MB',
    () =>
      Buffer.concat([
        PODS,
        header({ name: '././@LongLink', size: 100 * 1024 ** 2, type: 'L' }),
        body('x'.repeat(2000)),
      ]),
    /ends/,
  ),
  t(
    'a long name of 50,000 folders',
    () =>
      tar(
        header({ name: '././@LongLink', size: 100_002, type: 'L' }),
        body(`${'a/'.repeat(50_000)}f\0`),
        member('a', 'abc'),
      ),
    /not read/,
  ),
  t(
    'a long name that climbs out',
    () =>
      tar(
        header({ name: '././@LongLink', size: 200, type: 'L' }),
        body(`${'../'.repeat(60)}etc/evil`.padEnd(200, '\0')),
        member('a', 'abc'),
      ),
    /cart-0/,
  ),
  t(
    'an end in the middle of a header',
    () => Buffer.concat([PODS, header({ name: 'b', size: 3 }).subarray(0, 200)]),
    /cart-0/,
  ),
  t(
    'an end in the middle of a file',
    () => Buffer.concat([PODS, header({ name: 'b', size: 5000 }), Buffer.from('x'.repeat(700))]),
    /ends inside this file/,
  ),
  t('no end mark', () => PODS, /end mark/),
  t('nothing at all', () => Buffer.alloc(0), /no file|holds no|empty|not/),
  t('zeros only', () => Buffer.alloc(64 * 1024), /neither an archive/),
  t('noise', () => noise(10_240), /no |not /),
  t(
    'the same file twice',
    () =>
      tar(member('casefile-x/objects/pods.json', podList()), member('casefile-x/objects/pods.json', '{}')),
    /second file of the same path/,
  ),
  t('files that differ only in case', () => tar(member('Cart.log', 'a'), member('cart.log', 'b')), /cart-0/),
  t(
    'files that differ only in Unicode form',
    () => tar(member('caf\u00e9.log', 'a'), member('cafe\u0301.log', 'b')),
    /cart-0/,
  ),
  t(
    'a name that is no UTF-8',
    () => tar(Buffer.concat([header({ name: Buffer.from('caf\xe9\xff', 'latin1'), size: 3 }), body('abc')])),
    /cart-0/,
  ),
  t('a name with terminal sequences', () => tar(member('a\x1b[31m\x07b\nnl', 'abc')), /cart-0/),
  t('a name that turns its direction', () => tar(member('cart\u202egol.exe', 'abc')), /cart-0/),
  t('a name of HTML', () => tar(member('<img src=x onerror=alert(1)>.log', 'abc')), /cart-0/),
  t(
    'a name of JavaScript',
    () =>
      tar(
        member('__proto__/constructor/prototype', 'abc'),
        member('casefile-x/objects/__proto__.json', podList()),
      ),
    /cart-0/,
  ),
  t('an empty name', () => tar(member('', 'abc')), /without a name/),
  t(
    'the name of a folder with content',
    () => tar(header({ name: 'x/', size: 3, type: '0' }), body('abc')),
    /cart-0/,
  ),
  t('garbage behind the end', () => Buffer.concat([tar(), noise(4096)]), /behind .* is damaged/),
  t('a member behind the end', () => Buffer.concat([tar(), member('hidden', 'abc')]), /behind the end mark/),
  t(
    '100,000 empty files',
    () => tar(...Array.from({ length: 100_000 }, (_, at) => header({ name: `f${at}` }))),
    /cart-0/,
  ),
  t('20 archives in one another', () => Buffer.concat([deep(20), END]), /archive/),
  { name: 'a gzip bomb of 2 GB', as: '.tar.gz', bytes: bomb, says: /inflates to more than|times its size/ },
  { name: 'one log line of 1 GB', as: '.tar.gz', bytes: oneLine, says: /cart-0.*longer than 16384 bytes/s },
  { name: 'a gzip bomb inside the archive', as: '.tar', bytes: () => withBomb(), says: /cart-0/ },
  { name: 'a gzip that is cut', as: '.tar.gz', bytes: () => cutGzip(0.6), says: /ends early|cut/ },
  {
    name: 'a gzip that is cut in its header',
    as: '.tar.gz',
    bytes: () => cutGzip(0).subarray(0, 6),
    says: /./,
  },
  { name: 'a gzip with a flipped bit', as: '.tar.gz', bytes: flipped, says: /damaged|ends early/ },
  {
    name: 'gzip parts in a row',
    as: '.tar.gz',
    bytes: () => Buffer.concat([zlib.gzipSync(PODS), zlib.gzipSync(END)]),
    says: /cart-0/,
  },
  {
    name: 'gzip in gzip in gzip',
    as: '.tar.gz',
    bytes: () => [1, 2, 3].reduce((bytes) => zlib.gzipSync(bytes), tar()),
  },
  {
    name: 'the magic of zstd and noise',
    as: '.tar.zst',
    bytes: () => Buffer.concat([Buffer.from('28b52ffd', 'hex'), noise(4096)]),
    says: /./,
  },
  {
    name: 'the magic of xz and noise',
    as: '.tar.xz',
    bytes: () => Buffer.concat([Buffer.from('fd377a585a00', 'hex'), noise(4096)]),
    says: /xz/,
  },
  {
    name: 'an encrypted bundle',
    as: '.gpg',
    bytes: () => Buffer.concat([Buffer.from('age-encryption.org/v1\n'), noise(4096)]),
    says: /./,
  },
  { name: 'a zip whose path climbs out', as: '.zip', bytes: () => zip('../../evil.log') },
  {
    name: 'a zip with a link',
    as: '.zip',
    bytes: () => zip('link', { mode: 0o120777 }),
    says: /symbolic link|no file/,
  },
  { name: 'a zip that lies about its size', as: '.zip', bytes: () => zip('cart.log', { size: 5 }) },
  {
    name: 'a zip with a wrong checksum',
    as: '.zip',
    bytes: () => zip('cart.log', { checksum: 5 }),
    says: /checksum in the zip archive differs/,
  },
  {
    name: 'a zip of an unknown method',
    as: '.zip',
    bytes: () => zip('cart.log', { method: 99 }),
    says: /method 99|no file/,
  },
  {
    name: 'an encrypted zip',
    as: '.zip',
    bytes: () => zip('cart.log', { flags: 1 }),
    says: /encrypted|no file/,
  },
  {
    name: 'a zip without its directory',
    as: '.zip',
    bytes: () => zip('cart.log').subarray(0, 60),
    says: /directory|cut/,
  },
  { name: 'a zip whose directory points outside', as: '.zip', bytes: () => outside(), says: /./ },
];

function bomb(): Buffer {
  const part = zlib.gzipSync(Buffer.alloc(64 * 1024 ** 2));
  return Buffer.concat([zlib.gzipSync(PODS), ...Array.from({ length: 32 }, () => part)]);
}

/** A gigabyte that packs well, but not so well that it is taken for a bomb. */
function oneLine(): Buffer {
  const random = randomFrom(11);
  const part = Buffer.alloc(64 * 1024 ** 2, 'cart ');
  for (let at = 0; at < part.length; at += 2048)
    for (let more = 0; more < 24; more++) part[at + more] = 0x61 + random(26);
  const packed = zlib.gzipSync(part, { level: 1 });
  return Buffer.concat([
    zlib.gzipSync(
      Buffer.concat([PODS, header({ name: 'casefile-x/logs/shop/cart-0/cart.log', size: 1024 ** 3 })]),
    ),
    ...Array.from({ length: 16 }, () => packed),
    zlib.gzipSync(END),
  ]);
}

function withBomb(): Buffer {
  const packed = zlib.gzipSync(Buffer.alloc(100 * 1024 ** 2));
  return tar(
    Buffer.concat([
      header({ name: 'casefile-x/logs/shop/cart-0/cart.log.gz', size: packed.length }),
      body(packed),
    ]),
  );
}

function cutGzip(part: number): Buffer {
  const packed = zlib.gzipSync(Buffer.concat([tar(), noise(200_000)]));
  return packed.subarray(0, Math.max(6, Math.floor(packed.length * part)));
}

function flipped(): Buffer {
  const packed = Buffer.from(zlib.gzipSync(tar(member('cart.log', 'cart failed\n'.repeat(500)))));
  packed[packed.length - 20] = (packed[packed.length - 20] ?? 0) ^ 0x10;
  return packed;
}

function outside(): Buffer {
  const bytes = Buffer.from(zip('cart.log'));
  bytes.writeUInt32LE(0xfffffff0, bytes.length - 22 + 16);
  return bytes;
}
