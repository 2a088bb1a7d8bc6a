const POWERS = 'kmgt';

/** The bytes in `2GiB`, `500MB`, `4.5M` or a plain number; nothing when it is none of these. */
export function bytesFrom(text: string): number | undefined {
  const [, count = '', prefix = '', binary = ''] =
    /^(\d{1,15}(?:\.\d{1,9})?) ?(?:([kmgt])(i?))?b?$/i.exec(text) ?? [];
  if (count === '') return undefined;
  const power = prefix === '' ? 0 : POWERS.indexOf(prefix.toLowerCase()) + 1;
  return Math.round(Number(count) * (binary === '' ? 1000 : 1024) ** power);
}
