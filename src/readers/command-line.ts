import { RESOURCES } from '../model/cluster.ts';
import { resourceNamed } from './layouts/resources.ts';
import { COMMAND } from './sniff.ts';

/** What a line of a terminal asks kubectl for. */
export type Command = {
  readonly verb: string;
  readonly kind: string | undefined;
  readonly names: readonly string[];
  readonly namespace: string | undefined;
  readonly container: string | undefined;
  readonly previous: boolean;
  /** All objects of the kind in all namespaces. */
  readonly everywhere: boolean;
};

/** What a command line asks for: `$ kubectl -n shop logs cart-0 -c cart --previous`. */
export function parseCommand(line: string): Command {
  const verb = COMMAND.exec(line)?.[1]?.replace(/^log$/, 'logs') ?? '';
  const option = (...names: string[]) =>
    new RegExp(` (?:${names.join('|')})(?:=| +)?([\\w.-]+)`).exec(line)?.[1];
  const words = line
    .slice(verb === '' ? line.length : line.indexOf(verb, line.search(/\b(?:kubectl|oc|k)\b/)) + verb.length)
    .replace(/[|;&>].*$/, '')
    .replace(/ (?:-n|-c|--namespace|--container|-o|--output|-l|--selector|--tail|--since)(?:=| +)?\S+/g, '')
    .split(/\s+/)
    .filter((word) => word !== '' && !word.startsWith('-'));
  const resource = verb === 'logs' ? undefined : words.shift();
  const kind = kindOf(resourceNamed((resource ?? '').split(/[,/]/)[0] ?? ''));
  return {
    verb,
    kind,
    names: words,
    namespace: option('-n', '--namespace'),
    container: option('-c', '--container'),
    everywhere: verb === 'get' && isEverywhere(line, kind) && !resource?.includes('/') && words.length === 0,
    previous: / (?:-p|--previous)(?:=true)?(?: |$)/.test(line),
  };
}

/** Kinds that are in no namespace, so that `kubectl get` lists all without `-A`. */
const WIDE = new Set([
  'Node',
  'Namespace',
  'PersistentVolume',
  'StorageClass',
  'IngressClass',
  'PriorityClass',
]);

function isEverywhere(line: string, kind: string | undefined): boolean {
  if (/[|]| (?:-l|--selector|--field-selector)\b/.test(line)) return false;
  return / (?:-A|--all-namespaces)\b/.test(line) || WIDE.has(kind ?? '');
}

/** The kind of the objects of a resource. */
export function kindOf(resource: ReturnType<typeof resourceNamed>): string | undefined {
  return resource === undefined || resource === 'events' ? undefined : RESOURCES[resource];
}
