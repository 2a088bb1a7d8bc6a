import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { packTarGz } from '../../src/bundle/pack.ts';
import { runRedact } from '../../src/commands/redact.ts';
import { temporaryFolder } from '../support/shells.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});

const NODES = JSON.stringify({
  kind: 'NodeList',
  items: [
    {
      kind: 'Node',
      metadata: { name: 'worker-7.shop.corp' },
      status: { addresses: [{ type: 'InternalIP', address: '10.20.30.40' }] },
    },
  ],
});
const LEDGER = [
  'id\tpath\targv\tstart\tms\texit\tbytes\tsha256\tcut\tredactions\tclass',
  '1\tlogs/checkout/cart/cart.log\tkubectl logs cart\t2026-11-22T12:00:00Z\t5\t0\t1\tabc\t0\t0\tok',
].join('\n');

const FILES: Readonly<Record<string, string | Buffer>> = {
  'objects/nodes.json': NODES,
  'objects/namespaces.json': JSON.stringify({
    kind: 'NamespaceList',
    items: [{ kind: 'Namespace', metadata: { name: 'checkout' } }],
  }),
  'logs/checkout/cart/cart.log':
    'dial 10.20.30.40:5432 on worker-7.shop.corp\npassword=Cn7hunter2hunter\ncalico 3.29.1.0 build 1.2.3.4\ndial 127.0.0.1 failed\n',
  'logs/checkout/cart/old.log': Buffer.from('\ufefflogin password=Cn7hunter2hunter ok\r\n', 'utf16le'),
  'logs/checkout/cart/odd.log': Buffer.from([
    0x63,
    0x61,
    0x66,
    0xe9,
    0x20,
    ...Buffer.from('password=Cn7hunter2hunter'),
    0x0a,
  ]),
  'core.bin': Buffer.from(Array.from({ length: 4096 }, (_, at) => (at % 3 === 0 ? 0 : at % 251))),
  'ledger.tsv': LEDGER,
  COMPLETE: 'rows=1\n',
};

async function bundle(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const file = path.join(folder, 'bundle.tar.gz');
  const descriptor = openSync(file, 'w');
  const packing = packTarGz(descriptor);
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const modified = Date.UTC(2026, 10, 22);
    await packing.add({ path: `casefile-shop/${name}`, size: bytes.length, modified }, [bytes]);
  }
  await packing.close();
  closeSync(descriptor);
  return file;
}

/** What GNU tar makes of the new bundle. */
function unpacked(file: string): string {
  const target = path.join(folder, 'unpacked');
  mkdirSync(target);
  execFileSync('tar', ['-xzf', file, '-C', target]);
  return target;
}

async function redacted(options: object = {}): Promise<string> {
  const output = path.join(folder, 'clean.tar.gz');
  await runRedact(await bundle(FILES), { output, ...options });
  return path.join(unpacked(output), 'casefile-shop');
}

describe('a bundle that can be passed on', () => {
  it('holds no secret, and all else as it was', async () => {
    const at = await redacted();
    expect(readFileSync(path.join(at, 'logs/checkout/cart/cart.log'), 'utf8')).toBe(
      'dial 10.20.30.40:5432 on worker-7.shop.corp\npassword=[REDACTED-password-1]\ncalico 3.29.1.0 build 1.2.3.4\ndial 127.0.0.1 failed\n',
    );
    expect(readFileSync(path.join(at, 'objects/nodes.json'), 'utf8')).toBe(NODES);
  });

  it('holds texts of any encoding without their secrets', async () => {
    const at = await redacted();
    expect(readFileSync(path.join(at, 'logs/checkout/cart/old.log'), 'utf8')).toContain(
      'login password=[REDACTED-password-1] ok',
    );
    expect(readFileSync(path.join(at, 'logs/checkout/cart/odd.log'), 'latin1')).toBe(
      'café password=[REDACTED-password-1]\n',
    );
  });

  it('leaves out what cannot be looked into', async () => {
    expect(readdirSync(await redacted())).not.toContain('core.bin');
  });

  it('has a ledger with the sums of the new files, and COMPLETE at its end', async () => {
    const at = await redacted();
    const log = readFileSync(path.join(at, 'logs/checkout/cart/cart.log'));
    const row = readFileSync(path.join(at, 'ledger.tsv'), 'utf8').split('\n')[1]?.split('\t') ?? [];
    expect(row.slice(6, 8)).toEqual([String(log.length), createHash('sha256').update(log).digest('hex')]);
    const listed = execFileSync('tar', ['-tzf', path.join(folder, 'clean.tar.gz')], { encoding: 'utf8' });
    expect(listed.trim().split('\n').at(-1)).toBe('casefile-shop/COMPLETE');
  });

  it('is for nobody else to read', async () => {
    await redacted();
    expect(statSync(path.join(folder, 'clean.tar.gz')).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing else behind', async () => {
    await redacted();
    expect(readdirSync(folder).sort()).toEqual(['bundle.tar.gz', 'clean.tar.gz', 'unpacked']);
  });
});

describe('an anonymous bundle', () => {
  it('names no host, address or namespace, in texts and paths, and keeps what everybody has', async () => {
    const at = await redacted({ anonymize: true });
    const [namespace = ''] = readdirSync(path.join(at, 'logs'));
    expect(namespace).toMatch(/^ns-\d{3}$/);
    const log = readFileSync(path.join(at, 'logs', namespace, 'cart/cart.log'), 'utf8');
    expect(log).toMatch(/^dial 198\.18\.\d+\.\d+:5432 on node-001\n/);
    expect(log).toContain('calico 3.29.1.0 build 1.2.3.4\ndial 127.0.0.1 failed');
    expect(readFileSync(path.join(at, 'objects/nodes.json'), 'utf8')).not.toMatch(/worker-7|10\.20\.30/);
  });

  it('comes with a map that only its owner can read', async () => {
    await redacted({ anonymize: true });
    const file = path.join(folder, 'clean.tar.gz.private-map.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      checkout: 'ns-001',
      'worker-7.shop.corp': 'node-001',
    });
  });
});

it('names that lead out of a folder lead nowhere in the new bundle', async () => {
  const output = path.join(folder, 'clean.tar.gz');
  await runRedact(await bundle({ '../../evil.log': 'x\n', [`${'long/'.repeat(40)}cart.log`]: 'y\n' }), {
    output,
  });
  const listed = execFileSync('tar', ['-tzf', output], { encoding: 'utf8' }).trim().split('\n');
  expect(listed).toEqual(['casefile-shop/evil.log', `casefile-shop/${'long/'.repeat(40)}cart.log`]);
});

it('a long log is spooled on disk and comes out whole', async () => {
  const line = `${'cart '.repeat(20)}ok\n`;
  const count = 300_000;
  const output = path.join(folder, 'clean.tar.gz');
  await runRedact(await bundle({ 'logs/cart.log': line.repeat(count) }), { output });
  const at = path.join(unpacked(output), 'casefile-shop/logs/cart.log');
  expect(readFileSync(at, 'utf8') === line.repeat(count)).toBe(true);
}, 120_000);

it('a disk that is full is told, and nothing waits for it', async () => {
  const descriptor = openSync('/dev/full', 'w');
  const packing = packTarGz(descriptor);
  const noise = Buffer.from(Array.from({ length: 1024 ** 2 }, (_, at) => (at * at * 31 + at) % 251));
  const adding = packing.add({ path: 'cart.log', size: noise.length, modified: 0 }, [noise]);
  await expect(adding.then(() => packing.close())).rejects.toThrow('ENOSPC');
  closeSync(descriptor);
});

it('times before 1970 and after 2038 are times that tar can write', async () => {
  const output = path.join(folder, 'times.tar.gz');
  const descriptor = openSync(output, 'w');
  const packing = packTarGz(descriptor);
  for (const modified of [-1e15, 1e15])
    await packing.add({ path: `at${modified}.log`, size: 0, modified }, []);
  await packing.close();
  closeSync(descriptor);
  const listed = execFileSync('tar', ['-tvzf', output, '--utc'], { encoding: 'utf8' });
  expect(listed).toMatch(/1970-01-01.*\n.*2038-01-19/);
});
