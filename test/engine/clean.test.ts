import { describe, expect, it } from 'vitest';
import { cleanText, headline, unlogged } from '../../src/engine/clean.ts';

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
    [
      'container has runAsNonRoot and image will run as root (pod: "cart-0_shop(c8082b44)", container: cart)',
      'container has runAsNonRoot and image will run as root',
    ],
    ['rpc error: code = Unknown desc = ', 'rpc error: code = Unknown desc ='],
  ])('%s', (text, told) => {
    expect(headline(text)).toBe(told);
  });

  it('is cut where a finding could not hold it', () => {
    expect(headline('cart '.repeat(200), 20)).toBe('cart cart cart cart…');
  });
});

describe('a line of a journal', () => {
  it.each([
    [
      'E1122 12:39:43.128553    5018 log.go:32] "PullImage from image service failed" err="rpc error: code = Unknown desc = x509: certificate signed by unknown authority" image="registry.local:5000/cart:1"',
      'rpc error: code = Unknown desc = x509: certificate signed by unknown authority',
    ],
    [
      'time="2026-11-22T11:57:27Z" level=error msg="PullImage failed" error="read tcp 10.1.0.3:51234: connection reset by peer"',
      'read tcp 10.1.0.3:51234: connection reset by peer',
    ],
    [
      'E1122 11:57:33.129887    5018 kubelet.go:2347] PLEG is not healthy: pleg was last seen active 3m0.8s ago',
      'PLEG is not healthy: pleg was last seen active 3m0.8s ago',
    ],
    [
      'time="2026-11-22T11:57:27Z" level=fatal msg="starting kubernetes: no route to host"',
      'starting kubernetes: no route to host',
    ],
    ['Out of memory: Killed process 4711 (java)', 'Out of memory: Killed process 4711 (java)'],
  ])('%s', (line, told) => {
    expect(unlogged(line)).toBe(told);
  });
});

describe('a clean text', () => {
  it('has neither the prefix of combined events nor that of the container, and no escaped quotes', () => {
    const text =
      '(combined from similar events): spec.containers{cart}: Error: secret \\"api-keys\\" not found';
    expect(cleanText(text)).toBe('Error: secret "api-keys" not found');
  });

  it('keeps the quotes of JSON as they are, because they tell where a secret ends', () => {
    const text = 'panic: {"password": "Cn7hunter\\"and more"}';
    expect(cleanText(text)).toBe(text);
  });

  it('undoes quotes around a name in a line of JSON, at the end of what was said, too', () => {
    const text = String.raw`{"event": "FATAL:  password authentication failed for user \"orders\"\n)", "level": "info"}`;
    expect(cleanText(text)).toContain('failed for user "orders"\\n');
  });

  it('leaves out what the scheduler says of preemption', () => {
    const text =
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found.';
    expect(cleanText(text)).toBe('0/1 nodes are available: 1 Insufficient cpu.');
  });
});
