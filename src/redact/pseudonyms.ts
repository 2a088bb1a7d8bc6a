import { createHmac, randomBytes } from 'node:crypto';
import { anyOf } from './any-of.ts';
import { isFields } from './fields.ts';

/** What stands for a host, an address or a namespace, wherever it is named. */
export type Pseudonyms = {
  /** Learns names from an object of the API. */
  learn(value: unknown): void;
  rewrite(text: string): string;
  /** Real name -> pseudonym, for the owner alone. */
  map(): Readonly<Record<string, string>>;
};

const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)/g;
const IPV6 = /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){0,6}(?![\w:])/gi;
const MAC = /(?<![\w:])[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?![\w:])/gi;
const HOST =
  /(?<![\w./@-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}(?:com|net|org|edu|gov|de|at|ch|uk|fr|nl|eu|us|cn|jp|in|br|au|ca|io|cloud|internal|local|lan|corp|intranet|home|test|example|invalid)(?![\w-]|\.[a-z])/gi;

/** Names that everybody has: they tell nothing, and much without them is unreadable. */
const PUBLIC_HOST =
  /(?:^|\.)(?:svc|cluster\.local|k8s\.io|kubernetes\.io|docker\.io|docker\.com|gcr\.io|ghcr\.io|quay\.io|github\.com|githubusercontent\.com|mcr\.microsoft\.com|public\.ecr\.aws|cattle\.io|rancher\.io|openshift\.io|coreos\.com|fluxcd\.io|argoproj\.io|cilium\.io|istio\.io|helm\.sh|containerd\.io|projectcalico\.org|longhorn\.io|cert-manager\.io|npmjs\.org|pypi\.org|golang\.org|example\.com)$/i;
const PUBLIC_NAMESPACE =
  /^(?:default|kube-.*|.*-system|openshift.*|cattle-.*|monitoring|ingress-nginx|cert-manager|istio-.*)$/;
const KEPT_ADDRESS = /^(?:127\.|0\.|169\.254\.|255\.|22[4-9]\.|23\d\.|8\.8\.8\.8$|8\.8\.4\.4$|1\.1\.1\.1$)/;
const PRIVATE_ADDRESS =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** Pseudonyms that are the same throughout one run; with a key they are the same in every bundle. */
export function createPseudonyms(key: Buffer = randomBytes(32)): Pseudonyms {
  const known = new Map<string, string>();
  const subnets = new Map<string, number>();
  const counts = new Map<string, number>();
  let expression: RegExp | undefined;

  function numbered(kind: string, ending = ''): string {
    const next = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, next);
    return `${kind}-${String(next).padStart(3, '0')}${ending}`;
  }

  function remember(name: string, make: () => string): string {
    const before = known.get(name);
    if (before !== undefined) return before;
    const pseudonym = make();
    known.set(name, pseudonym);
    expression = undefined;
    return pseudonym;
  }

  function host(name: string): string {
    if (PUBLIC_HOST.test(name) || known.has(name)) return known.get(name) ?? name;
    return remember(name, () => numbered('host', '.example.invalid'));
  }

  /** The same /24 gets the same /24, and the last number is moved by a keyed amount. */
  function address(real: string): string {
    return remember(real, () => {
      const parts = real.split('.').map(Number);
      const net = parts.slice(0, 3).join('.');
      const number = subnets.get(net) ?? subnets.size;
      subnets.set(net, number);
      const shift = createHmac('sha256', key).update(net).digest()[0] ?? 0;
      const last = ((parts[3] ?? 0) + shift) % 256;
      return number < 512
        ? `198.${18 + (number >> 8)}.${number & 255}.${last}`
        : `100.${64 + ((number >> 8) & 63)}.${number & 255}.${last}`;
    });
  }

  function sixth(real: string): string {
    if (/^(?:::1?|fe80:.*)$/i.test(real) || !/^[0-9a-f:]*$/i.test(real) || /^\d\d:\d\d:\d\d$/.test(real))
      return real;
    const digest = createHmac('sha256', key).update(real.toLowerCase()).digest('hex');
    return remember(real, () => `2001:db8::${digest.slice(0, 4)}:${digest.slice(4, 8)}`);
  }

  function mac(real: string): string {
    const digest = createHmac('sha256', key).update(real.toLowerCase()).digest('hex');
    return remember(real, () => `02:00:00:${digest.slice(0, 2)}:${digest.slice(2, 4)}:${digest.slice(4, 6)}`);
  }

  function learnNode(name: string) {
    if (name && !known.has(name)) remember(name, () => numbered('node'));
  }

  function learn(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) learn(item);
    if (!isFields(value)) return;
    const { kind, metadata } = value;
    const name = isFields(metadata) && typeof metadata.name === 'string' ? metadata.name : '';
    if (kind === 'Node') learnNode(name);
    if (kind === 'Namespace') learnNamespace(name);
    for (const [field, inner] of Object.entries(value)) learnField(field, inner);
  }

  function learnField(field: string, inner: unknown) {
    if (typeof inner !== 'string') return learn(inner);
    if (field === 'nodeName') learnNode(inner);
    if (field === 'namespace') learnNamespace(inner);
    if (
      /^(?:podIP|hostIP|clusterIP|ip|address)$/.test(field) &&
      /^\d+(?:\.\d+){3}$/.test(inner) &&
      !KEPT_ADDRESS.test(inner)
    )
      address(inner);
    if (/^(?:host|hostname|externalName)$/.test(field) && inner.includes('.') && !/^[\d.]+$/.test(inner))
      host(inner);
  }

  function learnNamespace(name: string) {
    if (name && !PUBLIC_NAMESPACE.test(name) && !known.has(name)) remember(name, () => numbered('ns'));
  }

  function names(): RegExp {
    const learnt = [...known.keys()].filter((name) => /[A-Za-z]/.test(name) && !/^[0-9a-f:.]+$/i.test(name));
    return learnt.length === 0
      ? /(?!)/g
      : new RegExp(`(?<![A-Za-z0-9-])(?:${anyOf(learnt)})(?![A-Za-z0-9-])`, 'g');
  }

  return {
    learn,
    rewrite(text) {
      let result = text.replace(HOST, (name) => host(name));
      expression ??= names();
      result = result.replace(expression, (name) => known.get(name) ?? name);
      result = result.replace(MAC, mac);
      if (result.includes(':')) result = result.replace(IPV6, sixth);
      return result.replace(IPV4, (real: string, at: number) =>
        isPseudonym(real) ||
        KEPT_ADDRESS.test(real) ||
        !isAddress(real, result.slice(Math.max(0, at - 16), at), known)
          ? real
          : address(real),
      );
    },
    map: () => Object.fromEntries(known),
  };
}

function isPseudonym(address: string): boolean {
  return /^198\.1[89]\./.test(address);
}

/** Four small numbers after a word for versions are a version. */
function isAddress(real: string, before: string, known: ReadonlyMap<string, string>): boolean {
  if (known.has(real) || PRIVATE_ADDRESS.test(real)) return true;
  if (/(?:version|build|release|calico|v)[ :="]*$/i.test(before)) return false;
  return real.split('.').some((part) => Number(part) > 40);
}
