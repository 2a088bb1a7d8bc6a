import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Fault, faultyResponse, takeFault } from './api-server-faults.ts';

/** What the server answers to one GET: a status, a body, and its media type. */
export interface Answer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly type?: string;
}

/** One GET as the content behind the server sees it. */
export interface Question {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: string;
}

/** Where the answers come from: a recording, or objects that are made on the spot. */
export type Content = (question: Question) => Answer;

/** A read-only Kubernetes API for a real kubectl, with a log of what was asked. */
export interface ApiServer {
  readonly url: string;
  /** Each request as `METHOD path?query`, in the order in which they came. */
  readonly requests: string[];
  /** Each answer that went out whole, and the milliseconds from its request's arrival to its last byte handed over. */
  readonly answers: readonly { readonly request: string; readonly ms: number }[];
  /** Faults are tried in order and may be changed while the server runs. */
  readonly faults: Fault[];
  /** The largest number of requests that were open at a time. */
  readonly peak: () => number;
  readonly writeKubeconfig: (file: string, extra?: object) => void;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly faults?: readonly Fault[];
  /** Silence before each answer, in milliseconds. */
  readonly latency?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** Starts the server on a free port of the loopback interface. */
export async function startApiServer(content: Content, options: Options = {}): Promise<ApiServer> {
  const requests: string[] = [];
  const answers: { request: string; ms: number }[] = [];
  const faults = [...(options.faults ?? [])];
  let open = 0;
  let peak = 0;
  const listener: RequestListener = (request, response) => {
    const asked = `${request.method} ${request.url}`;
    const arrival = performance.now();
    requests.push(asked);
    response.on('finish', () => answers.push({ request: asked, ms: performance.now() - arrival }));
    peak = Math.max(peak, ++open);
    response.on('close', () => open--);
    setTimeout(() => reply(request, response, content, faults), options.latency ?? 0);
  };
  const server = options.tls ? createSecureServer(options.tls, listener) : createServer(listener);
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const url = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  return {
    url,
    requests,
    answers,
    faults,
    peak: () => peak,
    writeKubeconfig: (file, extra = {}) => writeFileSync(file, JSON.stringify(kubeconfig(url, extra))),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A kubeconfig with one context called `casefile-test`; `user` holds credentials, `cluster` more of the cluster. */
function kubeconfig(url: string, extra: { user?: object; cluster?: object }): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: url, ...extra.cluster } }],
    users: [{ name: 'test', user: extra.user ?? {} }],
    contexts: [{ name: 'casefile-test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'casefile-test',
  };
}

function reply(request: IncomingMessage, response: ServerResponse, content: Content, faults: Fault[]): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const fault = takeFault(faults, request.url ?? '');
  if (request.method === 'POST' && url.pathname.includes('selfsubject')) {
    request.resume();
    send(response, review(url.pathname, fault?.status === undefined));
    return;
  }
  if (request.method !== 'GET') {
    send(response, status(405, 'MethodNotAllowed', 'this server is read-only'));
    return;
  }
  const answer = () =>
    content({ path: url.pathname, query: url.searchParams, accept: request.headers.accept ?? '' });
  if (fault) faultyResponse(fault, response, answer);
  else send(response, answer());
}

/** The answer to `kubectl auth can-i`. */
function review(path: string, allowed: boolean): Answer {
  const kind = path.endsWith('rulesreviews') ? 'SelfSubjectRulesReview' : 'SelfSubjectAccessReview';
  return json(201, { kind, apiVersion: 'authorization.k8s.io/v1', spec: {}, status: { allowed } });
}

/** Writes an answer with its length, as an API server does. */
export function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, {
    'content-type': answer.type ?? 'application/json',
    'content-length': Buffer.byteLength(answer.body),
  });
  response.end(answer.body);
}

/** A JSON answer; pretty when the client asked for it, which is how a real server answers `pretty=true`. */
export function json(code: number, value: unknown, pretty = false): Answer {
  return { status: code, body: pretty ? `${JSON.stringify(value, null, 2)}\n` : JSON.stringify(value) };
}

/** A Kubernetes error. */
export function status(code: number, reason: string, message: string): Answer {
  return json(code, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  });
}
