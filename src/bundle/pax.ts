import { decodeName } from './decode-name.ts';

/** What the records of a PAX header say, and whether there is one that is none. */
export type Pax = { readonly records: ReadonlyMap<string, string>; readonly malformed: boolean };

const RECORD = /^(\d{1,9}) ([^=]+)=/;
/** No name of a record is longer than that. */
const HEAD = 300;

/** Reads records of the form `LENGTH KEY=VALUE` and a line end, as long as they are well formed. */
export function readPax(bytes: Buffer): Pax {
  const records = new Map<string, string>();
  let at = 0;
  while (at < bytes.length) {
    const head = RECORD.exec(bytes.toString('latin1', at, Math.min(at + HEAD, bytes.length)));
    const end = at + Number(head?.[1]);
    const value = at + (head?.[0].length ?? 0);
    if (!head || value >= end || bytes[end - 1] !== 0x0a) return { records, malformed: true };
    records.set(head[2] ?? '', decodeName(bytes.subarray(value, end - 1)));
    at = end;
  }
  return { records, malformed: false };
}
