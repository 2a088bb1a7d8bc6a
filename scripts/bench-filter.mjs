// Measures how fast `collect.sh --redact` is with each awk: `npm run bench:filter [-- MEGABYTES]`, 200 when not told.
// The log is made of recorded lines, again and again with other times and numbers; then a single line of 12 MB.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MB = 1_000_000;
const AWKS = ['mawk', 'gawk', 'busybox', 'original-awk'];
/** Every 500th line, so that it shows whether the filter does its work. */
const PLANTED = '2026-11-22T13:10:08Z level=info msg="connected to the database" db_password=opensesame99';
const folder = mkdtempSync(join(tmpdir(), 'casefile-filter-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Lines of containers, of containerd and of a kubelet; of those that differ in numbers only, one. */
function recordedLines() {
  execFileSync('tar', ['-xzf', 'test/fixtures/recordings/shop.tar.gz', '-C', folder]);
  const logs = join(folder, 'shop', 'logs');
  const containers = readdirSync(logs, { recursive: true }).map((name) => join(logs, name));
  const nodes = readdirSync('test/fixtures/node').map((name) => join('test/fixtures/node', name));
  const lines = [...containers, ...nodes]
    .filter((file) => file.endsWith('.log'))
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  return [...new Map(lines.map((line) => [line.replace(/\d+/g, ''), line])).values()];
}

/** A log of so many bytes. What looks like a version, an address or an id keeps its shape. */
function writeLog(file, bytes) {
  const lines = recordedLines();
  const out = openSync(file, 'w');
  let [written, count] = [0, 0];
  while (written < bytes) {
    const text = Array.from({ length: 20_000 }, () => {
      count++;
      const line = count % 500 === 0 ? PLANTED : (lines[count % lines.length] ?? '');
      return `${line.replace(/\d{2,9}/g, (digits) => String(Number(digits) + count).slice(-digits.length))}\n`;
    }).join('');
    written += writeSync(out, text);
  }
  closeSync(out);
}

/** Seconds of wall, and of processors by the shell's own `times`. */
function measure(awk, input, output) {
  const path = mkdtempSync(join(folder, 'path-'));
  symlinkSync(
    execFileSync('sh', ['-c', `command -v ${awk}`], { encoding: 'utf8' }).trim(),
    join(path, 'awk'),
  );
  const line = `sh collectors/collect.sh --redact <'${input}' >'${output}' || exit 1; times`;
  const start = performance.now();
  const { status, stdout } = spawnSync('sh', ['-c', line], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${path}:${process.env.PATH}` },
  });
  if (status !== 0) throw new Error(`the filter failed with ${awk}`);
  const cpu = [...(stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return {
    wall: (performance.now() - start) / 1000,
    cpu: cpu.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0),
  };
}

function show(what, file) {
  for (const awk of AWKS) {
    const output = join(folder, 'redacted');
    if (spawnSync('sh', ['-c', `command -v ${awk}`]).status !== 0) {
      console.log(`${what}, ${awk}: not here`);
      continue;
    }
    const { wall, cpu } = measure(awk, file, output);
    const speed = (statSync(file).size / MB / wall).toFixed(1);
    const marks = spawnSync('grep', ['-c', 'REDACTED-', output], { encoding: 'utf8' }).stdout.trim();
    console.log(
      `${what}, ${awk}: ${speed} MB/s, ${wall.toFixed(1)} s of wall, ${cpu.toFixed(1)} s of processors, ${marks} lines redacted`,
    );
  }
}

const megabytes = Number(process.argv[2] ?? 200);
const log = join(folder, 'log');
writeLog(log, megabytes * MB);
show(`a log of ${megabytes} MB`, log);

const line = join(folder, 'line');
const out = openSync(line, 'w');
writeSync(out, `${'{"order":1234567,"state":"paid"} '.repeat((12 * MB) / 33)}password=opensesame99\n`);
closeSync(out);
show('a line of 12 MB', line);
