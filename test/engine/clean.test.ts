import { describe, expect, it } from 'vitest';
import { cleanText, headline } from '../../src/engine/clean.ts';

describe('the headline of a text', () => {
  it.each([
    [
      'Failed to pull image "reg.local/shop/cart:9": rpc error: code = NotFound desc = failed to pull and unpack image "reg.local/shop/cart:9": failed to resolve reference "reg.local/shop/cart:9": reg.local/shop/cart:9: not found',
      'Failed to pull image "reg.local/shop/cart:9": reg.local/shop/cart:9: not found',
    ],
    [
      'Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/app/notifier": stat /app/notifier: no such file or directory: unknown',
      'Error: unable to start container process: exec: "/app/notifier": stat /app/notifier: no such file or directory',
    ],
    ['\n  Job has reached the specified backoff limit.\nmore', 'Job has reached the specified backoff limit'],
    ['rpc error: code = Unknown desc = ', 'rpc error: code = Unknown desc ='],
  ])('%s', (text, told) => {
    expect(headline(text)).toBe(told);
  });

  it('is cut where a finding could not hold it', () => {
    expect(headline('cart '.repeat(200), 20)).toBe('cart cart cart cart …');
  });
});

describe('a clean text', () => {
  it('has neither the prefix of combined events nor that of the container, and no escaped quotes', () => {
    const text =
      '(combined from similar events): spec.containers{cart}: Error: secret \\"api-keys\\" not found';
    expect(cleanText(text)).toBe('Error: secret "api-keys" not found');
  });

  it('leaves out what the scheduler says of preemption', () => {
    const text =
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found.';
    expect(cleanText(text)).toBe('0/1 nodes are available: 1 Insufficient cpu.');
  });
});
