import type { LabelSelector } from './objects/metadata.ts';

type Labels = Readonly<Record<string, string>>;

/** What a selector of pods or of nodes asks of one label. */
export type Requirement = {
  readonly key?: string | undefined;
  readonly operator?: string | undefined;
  readonly values: readonly string[];
};

/** Whether labels are as a requirement wants them; only selectors of nodes know Gt and Lt. */
export function meets(labels: Labels, { key = '', operator, values }: Requirement): boolean {
  const value = labels[key];
  if (operator === 'In') return value !== undefined && values.includes(value);
  if (operator === 'NotIn') return value === undefined || !values.includes(value);
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  const [bound, actual] = [Number(values[0]), Number(value)];
  return operator === 'Gt' ? actual > bound : operator === 'Lt' && actual < bound;
}

/** Whether labels fit a selector; an empty selector fits all. */
export function fitsSelector(labels: Labels, { matchLabels, matchExpressions }: LabelSelector): boolean {
  return hasAll(labels, matchLabels) && matchExpressions.every((requirement) => meets(labels, requirement));
}

/** Whether a Service's selector selects pods with these labels; an empty selector selects none. */
export function isSelected(labels: Labels, selector: Labels): boolean {
  return Object.keys(selector).length > 0 && hasAll(labels, selector);
}

/** A Service's selector as kubectl takes it: `app=cart,tier=front`. */
export function formatSelector(selector: Labels): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function hasAll(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
