/** What a hand-made tar header may say, true or not. */
type Header = {
  readonly name: string | Buffer;
  readonly size?: number;
  readonly type?: string;
  /** The twelve bytes of the size field as they stand. */
  readonly sizeField?: Buffer;
  readonly damaged?: boolean;
};

const BLOCK = 512;

/** One tar header block, with a right checksum unless it is to be damaged. */
export function header({ name, size = 0, type = '0', sizeField, damaged = false }: Header): Buffer {
  const block = Buffer.alloc(BLOCK);
  Buffer.from(name).copy(block, 0, 0, 100);
  block.write(`0000644\0${'0000000\0'.repeat(2)}`, 100, 'latin1');
  (sizeField ?? Buffer.from(`${size.toString(8).padStart(11, '0')}\0`)).copy(block, 124);
  block.write(`00000000000\0        ${type}`, 136, 'latin1');
  block.write(type === 'L' || type === 'S' ? 'ustar  \0' : 'ustar\u000000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, damaged ? 1 : 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** A body with the padding behind it. */
export function body(text: string | Buffer): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & (BLOCK - 1))]);
}

/** A member with its header. */
export function member(name: string | Buffer, text: string): Buffer {
  return Buffer.concat([header({ name, size: Buffer.byteLength(text) }), body(text)]);
}

/** A PAX header with these records, true to their length. */
export function pax(records: Readonly<Record<string, string>>): Buffer {
  return paxRaw(
    Object.entries(records)
      .map(([key, value]) => record(` ${key}=${value}\n`))
      .join(''),
  );
}

/** A PAX header with this text, whatever it is. */
export function paxRaw(text: string): Buffer {
  return Buffer.concat([header({ name: 'PaxHeader', size: Buffer.byteLength(text), type: 'x' }), body(text)]);
}

function record(rest: string): string {
  const length = Buffer.byteLength(rest);
  let total = length + 1;
  while (String(total).length + length !== total) total = String(total).length + length;
  return total + rest;
}

/** The two zero blocks that end an archive. */
export const END = Buffer.alloc(2 * BLOCK);
