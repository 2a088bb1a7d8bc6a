import type { Run } from './run.ts';

/** Where a text about one node stands. */
type NodeText = { readonly text: string; readonly node: string; readonly file: string };

/** Takes `certificates.tsv`: path, subject, issuer and the dates as openssl prints them. */
export function takeCertificates({ text, node, file }: NodeText, { builder }: Run): void {
  builder.add('certificates', undefined);
  for (const [index, line] of text.split('\n').entries()) {
    const [path = '', subject = '', issuer = '', notBefore, notAfter] = line.split('\t');
    if (index === 0 || path === '') continue;
    const origin = { file, path: '', lines: new Map([['', index + 1]]) };
    builder.add('certificates', {
      node,
      path,
      subject,
      issuer,
      notBefore: timeOf(notBefore),
      notAfter: timeOf(notAfter),
      origin,
    });
  }
}

/** Takes what `df -P` prints: of bytes with `-k`, of inodes with `-i`. */
export function takeFilesystems({ text, node, file }: NodeText, { builder }: Run): void {
  builder.add('filesystems', undefined);
  const inodes = /^Filesystem +Inodes/.test(text);
  for (const [index, line] of text.split('\n').entries()) {
    const [, percent, mount] = / (\d+)% (\/.*)$/.exec(line) ?? [];
    if (!mount) continue;
    const share = Number(percent) / 100;
    const origin = { file, path: '', lines: new Map([['', index + 1]]) };
    const used = inodes ? { used: undefined, inodesUsed: share } : { used: share, inodesUsed: undefined };
    builder.add('filesystems', { node, mount, ...used, line, origin });
  }
}

/** Takes what `chronyc tracking` prints: how far the node's clock is from its time source. */
export function takeClock({ text, node, file }: NodeText, { builder }: Run): void {
  builder.add('clocks', undefined);
  for (const [index, line] of text.split('\n').entries()) {
    const [, seconds, way] = /^System time +: +([\d.]+) seconds (fast|slow) of NTP time/.exec(line) ?? [];
    if (seconds === undefined) continue;
    const offset = Number(seconds) * (way === 'fast' ? 1000 : -1000);
    builder.add('clocks', { node, offset, origin: { file, path: '', lines: new Map([['', index + 1]]) } });
  }
}

/** `Nov 22 12:31:03 2027 GMT` */
function timeOf(text: string | undefined): number | undefined {
  const ms = /^\w{3} +\d+ [\d:]{8} \d{4} GMT$/.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
