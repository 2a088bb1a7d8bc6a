import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../model/errors.ts';

/** So much of a file is read to tell whether it is one of ours. */
const HEAD_BYTES = 16 * 1024;

/** What each of our formats says near its beginning. */
const OURS: readonly RegExp[] = [
  /<meta name="generator" content="casefile /,
  /^\{\s*"version": ?1,\s*"tool": ?\{\s*"name": ?"casefile"/,
  /^\{\s*"\$schema"[\s\S]{0,400}"driver": ?\{\s*"name": ?"casefile"/,
  /^<\?xml [^>]*\?>\s*<testsuites name="casefile /,
  /^- Made by casefile /m,
  /^ {2}taken {4}[\s\S]{0,400}^ {2}found {4}/m,
  /^#!\/bin\/sh\n# Casefile (?:node )?collector/,
];

/** Puts a text where the user asked for it: whole or not at all, through no link, and over no file that is not ours. */
export function writeOutput(file: string, text: string, force = false, mode = 0o666): void {
  const temporary = openOutput(file, force, mode);
  try {
    fs.writeFileSync(temporary.descriptor, text);
    temporary.commit();
  } catch (cause) {
    temporary.discard();
    throw unwritable(file, cause);
  }
}

/** A file beside the one that was asked for, which takes its place when all is written. */
type Output = { readonly descriptor: number; commit(): void; discard(): void };

/** Opens the place for an output, after a look at what is there. */
export function openOutput(file: string, force: boolean, mode: number): Output {
  const kind = kindOf(file);
  if (kind === 'link') throw new UserError(`-o ${file}: is a link; name the file that it leads to`);
  if (kind === 'other') throw new UserError(`-o ${file}: is no regular file`);
  if (kind === 'file' && !force && !isOurs(file))
    throw new UserError(
      `-o ${file}: is there already and is no report of ours; choose another name or add --force`,
    );
  const temporary = path.join(
    path.dirname(file),
    `.${path.basename(file)}.${randomBytes(6).toString('hex')}`,
  );
  let descriptor: number;
  try {
    descriptor = fs.openSync(temporary, 'wx', mode);
  } catch (cause) {
    throw unwritable(file, cause);
  }
  let open = true;
  const close = () => {
    if (open) fs.closeSync(descriptor);
    open = false;
  };
  return {
    descriptor,
    commit() {
      close();
      fs.renameSync(temporary, file);
    },
    discard() {
      close();
      fs.rmSync(temporary, { force: true });
    },
  };
}

function kindOf(file: string): 'none' | 'file' | 'link' | 'other' {
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return 'none';
  if (stat.isSymbolicLink()) return 'link';
  return stat.isFile() ? 'file' : 'other';
}

/** An empty file is anybody's. */
function isOurs(file: string): boolean {
  const descriptor = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const length = fs.readSync(descriptor, head, 0, HEAD_BYTES, 0);
    const text = head.toString('utf8', 0, length);
    return length === 0 || OURS.some((sign) => sign.test(text));
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Says why an output could not be written. */
export function unwritable(file: string, cause: unknown): UserError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'its folder is no folder',
    EACCES: 'no permission to write there',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space left on the device',
    ENAMETOOLONG: 'the name is too long',
  };
  return new UserError(`-o ${file}: cannot be written: ${reasons[code] ?? code}`, { cause });
}
