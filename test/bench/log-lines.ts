import { type Random, random } from './random.ts';
import { MADE, type Shape } from './shape.ts';

const USUAL = [
  (r: Random) =>
    `level=info msg="handled request" method=GET path=/api/v1/cart/${r.below(300)} status=200 duration=${r.below(90)}ms component=http-server namespace=shop`,
  (r: Random) =>
    `INFO  [http-nio-8080-exec-${r.below(9)}] com.shop.checkout.OrderService - order of customer ${r.below(900)} placed in ${r.below(90)} ms, all items in stock`,
  (r: Random) =>
    `{"level":"info","caller":"server/http.go:214","msg":"request completed","path":"/products/${r.below(900)}","status":200,"component":"catalogue"}`,
  (r: Random) =>
    `10.42.0.${r.below(99)} - - "GET /static/main.js HTTP/1.1" 200 ${r.below(900)} "-" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"`,
  (r: Random) =>
    `I1122 11:40:37.000000       1 reconciler.go:${r.below(400)}] "Reconciler sync states complete" controller="shop/cart" pod="shop/cart-${r.below(90)}"`,
  (r: Random) =>
    `session of 10.42.0.${r.below(99)} accepted by listener shop-frontend, keeps open for ${r.below(60)} seconds, nothing to do`,
] as const;

const HITS = [
  (r: Random) =>
    `level=error msg="dial tcp 10.43.${r.below(255)}.${r.below(255)}:5432: connect: connection refused" component=orders-db-client`,
  (r: Random) => `open /var/lib/cart/${r.below(90)}.db: no space left on device`,
  (r: Random) => `dial tcp: lookup orders-${r.below(40)}.shop.svc on 10.43.0.10:53: no such host`,
  (r: Random) =>
    `x509: certificate has expired or is not yet valid: current time 2026-11-22T11:00:00Z is after 2026-11-0${1 + r.below(8)}T00:00:00Z`,
  (r: Random) => `java.net.ConnectException: Connection refused: orders-db/10.43.${r.below(255)}.7:5432`,
  () => 'panic: runtime error: invalid memory address or nil pointer dereference',
] as const;

/** Clocks tick coarsely: the last six digits of a timestamp. */
const NANOSECONDS = Array.from({ length: 256 }, (_, i) => String((i * 3907) % 1_000_000).padStart(6, '0'));
/** Lines that are told once and then drawn from, as a program says the same things again and again. */
const POOL = 4096;
const CHUNK = 1024 ** 2;

/** The bytes of a log, with timestamps as `kubectl logs --timestamps` prints them; exactly `size` in all. */
export function* logBytes(
  seed: number,
  size: number,
  { hits, unlike }: Pick<Shape, 'hits' | 'unlike'>,
): Generator<Buffer> {
  const r = random(seed);
  const usual = Array.from({ length: POOL }, () => r.pick(USUAL)(r));
  const wanted = Array.from({ length: POOL }, () => r.pick(HITS)(r));
  let now = MADE - 3_600_000;
  let left = size;
  while (left > 0) {
    const lines: string[] = [];
    for (let length = 0; length < Math.min(left, CHUNK); length += lines.at(-1)?.length ?? 1) {
      now += 40 * r.below(3);
      const isWanted = r.next() < hits;
      const told = (isWanted ? wanted : usual)[r.below(POOL)] ?? '';
      const text = isWanted && unlike ? `${told} id=${id(r)}` : told;
      lines.push(`${new Date(now).toISOString().slice(0, -1)}${NANOSECONDS[r.below(256)]}Z ${text}\n`);
    }
    const chunk = Buffer.from(lines.join('')).subarray(0, left);
    left -= chunk.length;
    if (left === 0) chunk[chunk.length - 1] = 0x0a;
    yield chunk;
  }
}

function id(r: Random): string {
  return Array.from({ length: 4 }, () => r.below(2 ** 32).toString(16)).join('');
}

/** The bytes of a log that is one line, and ends in a text that some class looks for. */
export function* longLine(size: number): Generator<Buffer> {
  const chunk = Buffer.from(
    Array.from({ length: CHUNK / 16 }, (_, i) => `{"order":${String(i).padStart(7, '0')}`).join(''),
  ).subarray(0, CHUNK);
  for (let left = size; left > 0; left -= CHUNK) yield chunk.subarray(0, Math.min(left, CHUNK));
}
