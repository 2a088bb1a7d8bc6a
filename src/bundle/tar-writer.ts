import * as fs from 'node:fs';
import * as zlib from 'node:zlib';

const BLOCK = 512;
/** Bytes that are packed at a time: gzip is a row of such parts. */
const PART = 1024 ** 2;

/** Writes files into a tar.gz, one after the other. */
export type TarGzWriter = {
  /** Begins a file; exactly `size` bytes have to follow. */
  begin(path: string, size: number, modified: number | undefined): void;
  write(bytes: Buffer): void;
  end(): void;
};

/** A tar.gz on an open file; it holds one megabyte, however large the files are. */
export function createTarGzWriter(descriptor: number): TarGzWriter {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let padding = 0;

  function put(bytes: Buffer) {
    held.push(Buffer.from(bytes));
    heldBytes += bytes.length;
    if (heldBytes >= PART) flush();
  }

  function flush() {
    if (heldBytes === 0) return;
    const packed = zlib.gzipSync(Buffer.concat(held), { level: 6 });
    for (let at = 0; at < packed.length; ) at += fs.writeSync(descriptor, packed, at);
    held = [];
    heldBytes = 0;
  }

  function pad() {
    if (padding > 0) put(Buffer.alloc(padding));
    padding = 0;
  }

  return {
    begin(path, size, modified) {
      pad();
      for (const block of headersOf(path, size, modified ?? 0)) put(block);
      padding = -size & (BLOCK - 1);
    },
    write: put,
    end() {
      pad();
      put(Buffer.alloc(2 * BLOCK));
      flush();
    },
  };
}

/** The header of a file, with a PAX header before it when the name or the size does not fit the old one. */
function headersOf(path: string, size: number, modified: number): readonly Buffer[] {
  const name = Buffer.from(path);
  const isPlain = name.length <= 100 && /^[\x20-\x7e]*$/.test(path) && size < 8 ** 11;
  if (isPlain) return [header(name, size, modified, '0')];
  const records = Buffer.from(record('path', path) + (size < 8 ** 11 ? '' : record('size', String(size))));
  const body = Buffer.alloc(Math.ceil(records.length / BLOCK) * BLOCK);
  records.copy(body);
  const short = name.subarray(0, 100);
  return [
    header(Buffer.from('PaxHeader'), records.length, modified, 'x'),
    body,
    header(short, size, modified, '0'),
  ];
}

/** `length key=value\n`, where the length counts itself. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  length = bytes + String(length).length;
  return length + rest;
}

function header(name: Buffer, size: number, modified: number, type: string): Buffer {
  const block = Buffer.alloc(BLOCK);
  name.copy(block, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(
    `${Math.min(size, 8 ** 11 - 1)
      .toString(8)
      .padStart(11, '0')}\0`,
    124,
  );
  block.write(
    `${Math.floor(Math.max(0, modified) / 1000)
      .toString(8)
      .padStart(11, '0')
      .slice(-11)}\0`,
    136,
  );
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
