import { createHash } from 'node:crypto';
import path from 'node:path';
import { readBundle } from '../bundle/open-bundle.ts';
import { packTarGz } from '../bundle/pack.ts';
import type { Sink, Visitor } from '../bundle/visitor.ts';
import { UserError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import { createFileFilter } from '../redact/file-filter.ts';
import { createPseudonyms, type Pseudonyms } from '../redact/pseudonyms.ts';
import { createRedactor, type Redactor } from '../redact/redactor.ts';
import { limitsFrom } from './limits.ts';
import { createRecords, isRecord } from './new-records.ts';
import type { RedactOptions } from './options.ts';
import { openSpool } from './spool.ts';
import { openOutput, unwritable, writeOutput } from './write-output.ts';

/** An object file of which names are learned; larger ones hold nothing that the others do not. */
const MOST_LEARNED = 64 * 1024 ** 2;

/** `casefile redact`: writes a bundle that can be passed on, and says what was taken out. */
export async function runRedact(source: string, options: RedactOptions): Promise<void> {
  const { output, anonymize, force = false, limit } = options;
  const limits = limitsFrom(limit);
  if (anonymize && source === '-')
    throw new UserError('--anonymize reads the bundle twice: name a file instead of -');
  const pseudonyms = anonymize ? await learned(source, limits) : undefined;
  const redactor = createRedactor();
  const file = openOutput(output, force, 0o600);
  try {
    const left = await rewrite(source, limits, redactor, pseudonyms, file.descriptor, output);
    file.commit();
    report(redactor, left);
  } catch (error) {
    file.discard();
    throw error;
  }
  if (pseudonyms) writeMap(`${output}.private-map.json`, pseudonyms, force);
}

function writeMap(file: string, pseudonyms: Pseudonyms, force: boolean) {
  writeOutput(file, `${JSON.stringify(pseudonyms.map(), undefined, 2)}\n`, force, 0o600);
  process.stderr.write(`casefile: ${file} tells the real names: keep it to yourself\n`);
}

/** Reads the bundle for its names alone. */
async function learned(source: string, limits: Limits): Promise<Pseudonyms> {
  const pseudonyms = createPseudonyms();
  const learn = (bytes: Buffer) => {
    try {
      pseudonyms.learn(JSON.parse(bytes.toString()));
    } catch {
      // A file that is no JSON names nothing here; its text is rewritten all the same.
    }
  };
  const visitor: Visitor = {
    entry: ({ path: name, size }) =>
      /\.json$/i.test(name) && (size ?? 0) <= MOST_LEARNED ? holding(learn) : undefined,
    problem() {},
  };
  await readBundle(source, visitor, limits);
  return pseudonyms;
}

function holding(take: (bytes: Buffer) => void): Sink {
  const held: Buffer[] = [];
  return {
    chunk: (bytes) => void held.push(Buffer.from(bytes)),
    end: () => take(Buffer.concat(held)),
  };
}

type Left = { readonly file: string; readonly reason: string };

/** Streams the bundle through the redactor; returns what could not be looked into and so is not in the new one. */
async function rewrite(
  source: string,
  limits: Limits,
  redactor: Redactor,
  pseudonyms: Pseudonyms | undefined,
  descriptor: number,
  output: string,
): Promise<readonly Left[]> {
  const packing = packTarGz(descriptor);
  const spool = openSpool(path.dirname(output));
  const records = createRecords();
  const left: Left[] = [];
  const renamed = pseudonyms ? pseudonyms.rewrite : (text: string) => text;
  let adding: Promise<void> | undefined;

  function failed(cause: unknown): never {
    throw unwritable(output, cause);
  }

  function record(name: string, modified: number | undefined): Sink {
    return holding((bytes) =>
      records.keep({ path: name, text: renamed(redactor.text(bytes.toString())), modified }),
    );
  }

  function rewritten(real: string, name: string, modified: number | undefined): Sink {
    const hash = createHash('sha256');
    spool.clear();
    const filter = createFileFilter(withoutPacking(real), redactor, renamed, (bytes) => {
      hash.update(bytes);
      try {
        spool.write(bytes);
      } catch (cause) {
        failed(cause);
      }
    });
    return {
      chunk: (bytes) => filter.push(bytes),
      end() {
        const reason = filter.end();
        if (reason) return void left.push({ file: name, reason });
        const inside = withoutPacking(name);
        const size = spool.size();
        records.sum(inside, { bytes: size, sha256: hash.digest('hex') });
        adding = packing.add({ path: inside, size, modified }, spool.chunks()).catch(failed);
      },
    };
  }

  try {
    await readBundle(
      source,
      {
        entry({ path: real, modified }) {
          const name = safeName(renamed(redactor.text(real)));
          return isRecord(real) ? record(name, modified) : rewritten(real, name, modified);
        },
        problem: (file, reason) => void left.push({ file, reason }),
        settled: () => adding,
      },
      limits,
    );
    await adding;
    for (const { path: name, text, modified } of records.settled())
      await packing.add({ path: name, size: Buffer.byteLength(text), modified }, [Buffer.from(text)]);
    await packing.close().catch(failed);
  } catch (error) {
    adding?.catch(() => {});
    await packing.abandon();
    throw error;
  } finally {
    spool.close();
  }
  return left;
}

function withoutPacking(name: string): string {
  return name.replace(/\.gz$/i, '');
}

/** A name that no tool can be led astray by when it unpacks the new bundle. */
function safeName(name: string): string {
  const parts = name
    .replaceAll('\\', '/')
    .replace(/\p{Cc}/gu, '_')
    .split('/');
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/') || 'unnamed';
}

function report(redactor: Redactor, left: readonly Left[]) {
  const counts = [...redactor.marker.counts()].sort(([a], [b]) => (a < b ? -1 : 1));
  const said = counts.map(([kind, count]) => `${count} ${kind}`).join(', ') || 'no secret found';
  process.stderr.write(`casefile: replaced: ${said}\n`);
  for (const { file, reason } of left.slice(0, 20))
    process.stderr.write(`casefile: ${JSON.stringify(file)}: ${reason}\n`);
  if (left.length > 20) process.stderr.write(`casefile: and ${left.length - 20} more like these\n`);
}
