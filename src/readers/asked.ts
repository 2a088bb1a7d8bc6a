import { resourceNamed } from './layouts/resources.ts';

/** Resources that belong to no namespace: of all others a list is of all namespaces, or of one. */
const CLUSTER_WIDE: ReadonlySet<string> = new Set([
  'apiservices',
  'csidrivers',
  'csinodes',
  'customresourcedefinitions',
  'ingressclasses',
  'mutatingwebhookconfigurations',
  'namespaces',
  'nodes',
  'persistentvolumes',
  'priorityclasses',
  'runtimeclasses',
  'storageclasses',
  'validatingwebhookconfigurations',
  'volumeattachments',
]);

/** Answers of the API server that are no lists. */
const ANSWERS: Readonly<Record<string, string>> = {
  '/version': 'version of the API server',
  '/apis': 'groups of the API',
  '/livez': 'health of the API server',
  '/readyz': 'health of the API server',
  '/healthz': 'health of the API server',
};

/** What a command of the collector asked for, in words: `pods of all namespaces`, `log of shop/cart-0 cart`. */
export function askedFor(command: string, file: string): string {
  const words = command.split(' ').filter((word) => word !== '');
  const [program = '', verb = '', ...rest] = words;
  if (program !== 'kubectl') return askedOfNode(words, file);
  if (verb === 'get' && rest[0] === '--raw') return askedOfServer(rest[1] ?? '') ?? command;
  const [resource = '', ...names] = rest.filter(
    (word) => !word.startsWith('-') && word !== namespaceOf(rest),
  );
  if (resource === '') return command;
  const place = placeOf(resource, namespaceOf(rest));
  if (verb === 'top') return `use of CPU and memory by ${resource}${place}`;
  if (verb !== 'describe') return command;
  return names.length > 0
    ? `description of ${names.length} ${resource}${place}`
    : `description of ${resource}${place}`;
}

/** A file of a node, or the journal that was looked for there. */
function askedOfNode(words: readonly string[], file: string): string {
  const [, node, name] = /^nodes\/([^/]+)\/(.+)$/.exec(file) ?? [];
  if (node && name) return `${name} of node ${node}`;
  if (words[0] !== 'journalctl') return words.join(' ');
  if (words.includes('_TRANSPORT=kernel')) return 'journal of the kernel';
  return `journal of ${words[words.indexOf('--unit') + 1]}`;
}

function askedOfServer(address: string): string | undefined {
  const [path = '', question] = address.split('?');
  const answer = Object.hasOwn(ANSWERS, path) && ANSWERS[path];
  if (answer) return answer;
  const [, group = '', inside = ''] = /^\/(?:api|apis\/([^/]+))\/[^/]+\/(.+)$/.exec(path) ?? [];
  const [first = '', namespace, resource, ...rest] = inside.split('/');
  if (first !== 'namespaces' || !resource)
    return first ? nameOf(first, group) + placeOf(first, undefined) : undefined;
  if (rest[1] === 'log') {
    const asked = new URLSearchParams(question);
    const log = asked.get('previous') === 'true' ? 'previous log' : 'log';
    return `${log} of ${namespace}/${rest[0]} ${asked.get('container') ?? ''}`.trim();
  }
  return nameOf(resource, group) + placeOf(resource, namespace);
}

/** A resource that others may have named alike is told with its group. */
function nameOf(resource: string, group: string): string {
  return group === '' || resourceNamed(`${resource}.${group}`) ? resource : `${resource}.${group}`;
}

function placeOf(resource: string, namespace: string | undefined): string {
  if (namespace) return ` of ${namespace}`;
  return CLUSTER_WIDE.has(resource) ? '' : ' of all namespaces';
}

function namespaceOf(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === '-n' || word === '--namespace');
  return at < 0 ? undefined : words[at + 1];
}
