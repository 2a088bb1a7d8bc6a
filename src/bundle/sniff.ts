import { UserError } from '../model/errors.ts';
import type { Intake } from './intake.ts';

/** As many first bytes as telling archives apart takes: one tar header. */
export const HEAD_BYTES = 512;

/** Holds back the first bytes until they tell which intake is the right one. */
export function sniffed(choose: (head: Buffer) => Intake): Intake {
  let held: Buffer = Buffer.alloc(0);
  let chosen: Intake | undefined;
  return {
    chunk(bytes) {
      if (chosen) return chosen.chunk(bytes);
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      if (held.length < HEAD_BYTES) return undefined;
      chosen = choose(held);
      return chosen.chunk(held);
    },
    end(complete) {
      if (chosen) return chosen.end(complete);
      chosen = choose(held);
      const wait = held.length > 0 ? chosen.chunk(held) : undefined;
      return wait ? wait.then(() => chosen?.end(complete)) : chosen.end(complete);
    },
  };
}

const XZ = 'fd377a585a00';

const NOT_READ: readonly { readonly magic: string; readonly name: string; readonly command?: string }[] = [
  { magic: XZ, name: 'xz', command: 'xz -dc' },
  { magic: '425a68', name: 'bzip2', command: 'bzip2 -dc' },
  { magic: '04224d18', name: 'lz4', command: 'lz4 -dc' },
  { magic: '1f9d', name: 'compress', command: 'gzip -dc' },
  { magic: '377abcaf271c', name: '7-Zip' },
  { magic: '526172211a07', name: 'RAR' },
];

/** Refuses what is neither read here nor text, with advice. */
export function refuseUnreadable(name: string, head: Buffer): void {
  if (head.length === 0) throw new UserError(`${name}: the file is empty`);
  const hex = head.toString('hex', 0, 8);
  const known = NOT_READ.find(({ magic }) => hex.startsWith(magic));
  if (known?.name === 'xz')
    throw new UserError(
      `${name}: compressed with xz, and the program xz is not here; install it (package xz-utils or xz), or run where it is: ${known.command} '${name}' | gzip > bundle.tar.gz`,
    );
  if (known?.command)
    throw new UserError(
      `${name}: compressed with ${known.name}, which is not read here; run: ${known.command} '${name}' | casefile analyze -`,
    );
  if (known)
    throw new UserError(`${name}: a ${known.name} archive is not read here; unpack it and give the folder`);
  const utf16 = /^(?:fffe|feff)/.test(hex);
  if (!utf16 && head.subarray(0, HEAD_BYTES).includes(0))
    throw new UserError(`${name}: neither an archive (tar, gzip, zip, zstd), a folder nor text`);
}

/** Whether these first bytes are those of an xz file. */
export function isXz(head: Buffer): boolean {
  return head.toString('hex', 0, 6) === XZ;
}

/** Whether these first bytes are those of a zip archive. */
export function isZip(head: Buffer): boolean {
  return /^504b(?:0304|0506)/.test(head.toString('hex', 0, 4));
}
