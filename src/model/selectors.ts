import type { LabelSelector } from './objects/metadata.ts';

/** Whether labels fit a selector; an empty selector fits all. */
export function fitsSelector(labels: Readonly<Record<string, string>>, selector: LabelSelector): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels)) if (labels[key] !== value) return false;
  return selector.matchExpressions.every(({ key = '', operator, values }) => {
    const value = labels[key];
    if (operator === 'In') return value !== undefined && values.includes(value);
    if (operator === 'NotIn') return value === undefined || !values.includes(value);
    if (operator === 'Exists') return value !== undefined;
    return operator === 'DoesNotExist' && value === undefined;
  });
}
