import { draftOf, field, type Text, tableOf } from './common.ts';
import { createDraft, type Draft, integer, portOf, put, selectorOf, valuesOf } from './draft.ts';
import { type Outline, type Section, said, saidAt, sectionOf, treeOf } from './outline.ts';

/** Reads `kubectl describe service`. */
export function readService(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'spec.selector', 'Selector', selectorOf);
  field(draft, outline, 'spec.type', 'Type');
  field(draft, outline, 'spec.clusterIP', 'IP');
  field(draft, outline, 'spec.clusterIPs', 'IPs', (text) => text?.split(','));
  field(draft, outline, 'spec.externalIPs', 'External IPs', (text) => text?.split(','));
  field(draft, outline, 'spec.externalName', 'External Name');
  field(draft, outline, 'status.loadBalancer.ingress', 'LoadBalancer Ingress', toLoadBalancers);
  readServicePorts(draft, outline);
  return draft;
}

function toLoadBalancers(text: string | undefined) {
  return text
    ?.split(', ')
    .map((address) => address.replace(/ \(.*\)$/, ''))
    .map((address) => (/^[\d.]+$|:/.test(address) ? { ip: address } : { hostname: address }));
}

/** `Port: http  80/TCP` begins a port; `TargetPort:` and `NodePort:` below it belong to it. */
function readServicePorts(draft: Draft, outline: Outline): void {
  let ports = -1;
  for (const { key, value, line } of outline.sections) {
    const [, name, number, protocol] = /^(?:(\S+) +)?([\w-]+)\/(\w+)$/.exec(value) ?? [];
    if (key === 'Port') {
      ports += 1;
      put(draft, `spec.ports[${ports}]`, { name: said(name), port: integer(number), protocol }, line);
    } else if (key === 'TargetPort') put(draft, `spec.ports[${ports}].targetPort`, portOf(number), line);
    else if (key === 'NodePort') put(draft, `spec.ports[${ports}].nodePort`, integer(number), line);
  }
}

/** The ready addresses behind a Service, which its description shows as `Endpoints:`. */
export function readServiceEndpoints({ outline }: Text): Draft | undefined {
  const shown = outline.sections.filter(({ key }) => key === 'Endpoints');
  if (shown.length === 0 || !saidAt(outline, 'Selector')) return undefined;
  const draft = createDraft('Endpoints', shown[0]?.line ?? outline.line, true);
  put(draft, 'metadata.name', saidAt(outline, 'Name'), outline.line);
  put(draft, 'metadata.namespace', saidAt(outline, 'Namespace'), outline.line);
  shown.forEach((section, index) => {
    readSubset(draft, section, `subsets[${index}]`);
  });
  return draft;
}

function readSubset(draft: Draft, { value, line }: Section, path: string): void {
  const addresses = (said(value)?.split(',') ?? []).flatMap((text) => {
    const ip = /^\[?([\da-f.:]+?)\]?(?::[\w-]+)?(?: \+ .*)?$/i.exec(text.trim())?.[1];
    return ip ? [{ ip }] : [];
  });
  if (addresses.length > 0) put(draft, path, { addresses }, line);
}

/** Reads `kubectl describe endpoints`. */
export function readEndpoints(text: Text): Draft {
  const draft = draftOf(text);
  let subsets = -1;
  for (const { key, value, line } of treeOf(sectionOf(text.outline, 'Subsets')?.lines ?? [])) {
    if (key === 'Addresses') subsets += 1;
    const ips = said(value)
      ?.split(',')
      .map((ip) => ({ ip }));
    if (key === 'Addresses') put(draft, `subsets[${subsets}].addresses`, ips ?? [], line);
    if (key === 'NotReadyAddresses') put(draft, `subsets[${subsets}].notReadyAddresses`, ips ?? [], line);
  }
  return draft;
}

/** Reads `kubectl describe ingress`. */
export function readIngress(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'spec.ingressClassName', 'Ingress Class');
  field(draft, outline, 'spec.defaultBackend', 'Default backend', toBackend);
  field(draft, outline, 'status.loadBalancer.ingress', 'Address', (addresses) =>
    toLoadBalancers(addresses?.replace(/,(?! )/g, ', ')),
  );
  valuesOf(sectionOf(outline, 'TLS')).forEach((tls, index) => {
    const match = /^(?:(\S+) terminates|SNI routes) (.*)$/.exec(tls);
    const value = { secretName: match?.[1], hosts: match?.[2]?.split(',').filter((host) => host !== '') };
    if (match) put(draft, `spec.tls[${index}]`, value, sectionOf(outline, 'TLS')?.line);
  });
  readRules(draft, outline);
  return draft;
}

/** Below `Rules:` a host stands alone; its paths and backends follow, indented. */
function readRules(draft: Draft, outline: Outline): void {
  let rules = -1;
  let paths = 0;
  for (const { text, number } of sectionOf(outline, 'Rules')?.lines ?? []) {
    const host = /^ {2}(\S+)$/.exec(text)?.[1];
    if (host && !host.startsWith('--')) {
      rules += 1;
      paths = 0;
      put(draft, `spec.rules[${rules}]`, { host: host === '*' ? undefined : host }, number);
    }
    const [, path, service] = /^(?:(\S+) +)?(\S+:\S+.*)$/.exec(text.trim()) ?? [];
    if (!service || rules < 0 || !text.startsWith('    ')) continue;
    const value = { path: path || undefined, backend: toBackend(service) };
    put(draft, `spec.rules[${rules}].http.paths[${paths++}]`, value, number);
  }
}

/** `frontend-svc:80 (<error: …>)` */
function toBackend(text: string | undefined) {
  const match = /^([\w.-]+):([\w-]+)/.exec(text ?? '');
  if (!match) return undefined;
  const port = portOf(match[2]);
  return { service: { name: match[1], port: typeof port === 'number' ? { number: port } : { name: port } } };
}

/** Reads `kubectl describe networkpolicy`: what it selects and whether it lets nothing in or out. */
export function readNetworkPolicy(text: Text): Draft {
  const draft = draftOf(text);
  const lines = sectionOf(text.outline, 'Spec')?.lines ?? [];
  for (const { text: line, number } of lines) {
    const [, key, value] = /^ {2}(PodSelector|Policy Types): +(.*)$/.exec(line) ?? [];
    if (key === 'PodSelector')
      put(
        draft,
        'spec.podSelector.matchLabels',
        selectorOf(said(value?.replace(/^<none>.*/, ''))) ?? {},
        number,
      );
    if (key === 'Policy Types') put(draft, 'spec.policyTypes', said(value)?.split(', '), number);
  }
  return draft;
}

/** Reads `kubectl describe ingressclass`. */
export function readIngressClass(text: Text): Draft {
  const draft = draftOf(text);
  field(draft, text.outline, 'spec.controller', 'Controller');
  return draft;
}

/** The ports of an EndpointSlice are a table; its endpoints are rows that begin with `- Addresses:`. */
export function readEndpointSlice(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'addressType', 'AddressType');
  const ports = tableOf(sectionOf(outline, 'Ports')?.lines ?? [], /^ +Name +Port +Protocol/);
  ports.forEach(({ line, cells }, index) => {
    const value = { name: said(cells.Name), port: integer(cells.Port), protocol: cells.Protocol };
    put(draft, `ports[${index}]`, value, line);
  });
  let endpoints = -1;
  for (const { text: line, number } of sectionOf(outline, 'Endpoints')?.lines ?? []) {
    const [, key = '', value = ''] = /^ +(?:- )?(\w+): +(.*)$/.exec(line) ?? [];
    if (key === 'Addresses') endpoints += 1;
    const path = `endpoints[${endpoints}]`;
    const [kind, name] = value.split('/');
    if (key === 'Addresses') put(draft, `${path}.addresses`, said(value)?.split(/, ?/), number);
    if (key === 'Ready') put(draft, `${path}.conditions.ready`, value === 'true', number);
    if (key === 'TargetRef') put(draft, `${path}.targetRef`, { kind, name }, number);
    if (key === 'NodeName') put(draft, `${path}.nodeName`, said(value), number);
  }
  return draft;
}
