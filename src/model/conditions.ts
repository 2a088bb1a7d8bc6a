import type { Condition } from './objects/metadata.ts';

/** Whether the condition of a type is there and true. */
export function isTrue(conditions: readonly Condition[], wanted: string): boolean {
  return conditions.some(({ type, status }) => type === wanted && status === 'True');
}
