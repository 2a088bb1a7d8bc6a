import * as zlib from 'node:zlib';

/** A zip of one file that says `cart failed`; what its headers say of it may be wrong. */
export const zip = (
  name: string,
  over: {
    readonly size?: number;
    readonly method?: number;
    readonly flags?: number;
    readonly mode?: number;
    readonly checksum?: number;
  } = {},
): Buffer => {
  const content = Buffer.from('cart failed\n');
  const packed = zlib.deflateRawSync(content);
  const path = Buffer.from(name);
  const fields = (at: number) => {
    const part = Buffer.alloc(at);
    part.writeUInt16LE(20, 0);
    part.writeUInt16LE(over.flags ?? 0, 2);
    part.writeUInt16LE(over.method ?? 8, 4);
    part.writeUInt32LE(over.checksum ?? zlib.crc32(content), 10);
    part.writeUInt32LE(packed.length, 14);
    part.writeUInt32LE(over.size ?? content.length, 18);
    part.writeUInt16LE(path.length, 22);
    return part;
  };
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields(26), path, packed]);
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(((over.mode ?? 0o100644) << 16) >>> 0, 8);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x03', 'latin1'),
    fields(26),
    Buffer.alloc(0),
    tail.subarray(0, 14 + 0),
    path,
  ]);
  const fixed = Buffer.alloc(46 + path.length);
  central.copy(fixed, 0, 0, 32);
  fixed.writeUInt32LE(((over.mode ?? 0o100644) << 16) >>> 0, 38);
  fixed.writeUInt32LE(0, 42);
  path.copy(fixed, 46);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(fixed.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, fixed, end]);
};
