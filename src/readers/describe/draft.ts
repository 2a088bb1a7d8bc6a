import { type Row, type Section, said, textsOf } from './outline.ts';

/** An object that is put together from text: its value as the API would give it, and the line of each field path. */
export type Draft = {
  readonly kind: string;
  readonly value: Record<string, unknown>;
  readonly lines: Map<string, number>;
  /** Whether it is only shown in the description of another object, which leaves most of it out. */
  readonly aside: boolean;
};

/** A draft of an object whose text begins at a line. */
export function createDraft(kind: string, line: number, aside = false): Draft {
  return { kind, value: {}, lines: new Map([['', line]]), aside };
}

/** Sets the field at a path like `status.containerStatuses[0].ready`; nothing is set to nothing. */
export function put(draft: Draft, path: string, value: unknown, line: number | undefined): void {
  if (value === undefined) return;
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  const last = steps.pop();
  if (last === undefined) return;
  let at: Record<string, unknown> = draft.value;
  steps.forEach((step, index) => {
    const next = at[step] ?? (/^\d+$/.test(steps[index + 1] ?? last) ? [] : {});
    at[step] = next;
    // Every step of a path that this program wrote leads to a record or a list.
    at = next as Record<string, unknown>;
  });
  at[last] = value;
  if (line !== undefined) draft.lines.set(path, line);
}

/** Reads `a=b` and `a: b` lines as a map without a prototype; nothing when there is none. */
export function pairsOf(texts: readonly string[]): Readonly<Record<string, string>> | undefined {
  const pairs: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const text of texts) {
    const match = /^([^=:\s]+)(?:=|: *)(.*)$/.exec(text.trim());
    if (match?.[1]) pairs[match[1]] = match[2] ?? '';
  }
  return Object.keys(pairs).length > 0 ? pairs : undefined;
}

/** The values of a key that continue on the lines below it: labels, taints, tolerations. */
export function valuesOf(of: Section | Row | undefined): string[] {
  if (!of) return [];
  const below = 'lines' in of ? of.lines.map(({ text }) => text.trim()) : textsOf(of.rows);
  return [of.value, ...below].flatMap((value) => said(value) ?? []);
}

/** Reads an equality selector, `app=cart,tier=web`; set-based selectors are left out. */
export function selectorOf(text: string | undefined): Readonly<Record<string, string>> | undefined {
  return text === undefined || /[()!]/.test(text) ? undefined : pairsOf(text.split(','));
}

/** A whole number, or nothing. */
export function integer(text: string | undefined): number | undefined {
  const match = /^-?\d+/.exec(text ?? '');
  return match ? Number(match[0]) : undefined;
}

/** A port's number or its name. */
export function portOf(text: string | undefined): number | string | undefined {
  return text && /^\d+$/.test(text) ? Number(text) : text || undefined;
}

/** `True`, `true`, `Yes` and their opposites. */
export function truth(text: string | undefined): boolean | undefined {
  if (/^(?:true|yes)$/i.test(text ?? '')) return true;
  return /^(?:false|no)$/i.test(text ?? '') ? false : undefined;
}
