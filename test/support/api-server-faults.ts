import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, send, status } from './api-server.ts';

/** Something that goes wrong with the answers to requests whose `path?query` matches. */
export interface Fault {
  readonly match: RegExp;
  /** Only the first so many matches. */
  readonly times?: number;
  /** An API error of this status instead of the answer. */
  readonly status?: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds of silence before anything is sent. */
  readonly hang?: number;
  /** The connection is cut after so many bytes of the body. */
  readonly cut?: number;
  /** After so many bytes of the body nothing more comes, and the connection stays open. */
  readonly hangBody?: number;
  /** Bytes a second. */
  readonly drip?: number;
  /** Another body, with status 200. */
  readonly body?: string | Buffer;
  readonly type?: string;
  /** A body that never ends: this piece again and again, so many times. */
  readonly endless?: { readonly piece: Buffer; readonly times: number };
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

const used = new WeakMap<Fault, number>();

/** The first fault that matches and is not used up. */
export function takeFault(faults: readonly Fault[], target: string): Fault | undefined {
  for (const fault of faults) {
    if (!fault.match.test(target)) continue;
    const count = (used.get(fault) ?? 0) + 1;
    used.set(fault, count);
    if (count <= (fault.times ?? Number.POSITIVE_INFINITY)) return fault;
  }
  return undefined;
}

/** Answers with the fault. */
export async function faultyResponse(
  fault: Fault,
  response: ServerResponse,
  answer: () => Answer,
): Promise<void> {
  for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
  if (fault.hang !== undefined) await sleep(fault.hang, undefined, { ref: false });
  if (response.destroyed) return;
  if (fault.endless) return endless(response, fault.endless);
  if (fault.status !== undefined) {
    return send(
      response,
      status(fault.status, REASONS[fault.status] ?? 'Unknown', fault.message ?? 'injected fault'),
    );
  }
  const honest = fault.body === undefined ? answer() : undefined;
  const body = Buffer.from(fault.body ?? honest?.body ?? '');
  const type = fault.type ?? honest?.type ?? 'application/json';
  response.writeHead(honest?.status ?? 200, { 'content-type': type, 'content-length': body.length });
  if (fault.drip !== undefined) return drip(response, body, fault.drip);
  const limit = fault.cut ?? fault.hangBody;
  if (limit === undefined || limit >= body.length) return void response.end(body);
  response.write(body.subarray(0, limit), () => {
    if (fault.cut !== undefined) response.destroy();
  });
}

async function drip(response: ServerResponse, body: Buffer, bytesPerSecond: number): Promise<void> {
  const step = Math.max(1, Math.floor(bytesPerSecond / 10));
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    response.write(body.subarray(at, at + step));
    await sleep(100, undefined, { ref: false });
  }
  response.end();
}

async function endless(
  response: ServerResponse,
  { piece, times }: { piece: Buffer; times: number },
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/plain' });
  const closed = new Promise((done) => response.once('close', done));
  for (let n = 0; n < times && !response.destroyed; n++) {
    if (!response.write(piece))
      await Promise.race([closed, new Promise((done) => response.once('drain', done))]);
  }
  response.end();
}
