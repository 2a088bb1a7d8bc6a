import { readBundle } from '../../../src/bundle/open-bundle.ts';
import type { Visitor } from '../../../src/bundle/visitor.ts';
import { readTop, type Usage } from '../../../src/readers/top.ts';

/** An object as the API gives it, with its kind. */
export type Recorded = {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string };
};
type RecordedLog = {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly text: string;
};

/** What all forms of bundle are made from. */
export type Recording = {
  /** The files of the bundle that Casefile's collector made, by path below its folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Objects by resource, `pods`, `events`. */
  readonly objects: ReadonlyMap<string, readonly Recorded[]>;
  readonly logs: readonly RecordedLog[];
  /** What `kubectl top` showed. */
  readonly usage: Usage;
};

/** Reads a bundle in layout 1; of its namespaces only some, if they are named. */
export async function recordingOf(bundle: string, namespaces?: readonly string[]): Promise<Recording> {
  const files = await filesOf(bundle);
  const wanted = (namespace: string | undefined) =>
    namespace === undefined || !namespaces || namespaces.includes(namespace);
  const objects = new Map<string, Recorded[]>();
  const logs: RecordedLog[] = [];
  for (const [path, text] of files) {
    const [, resource] =
      /^objects\/(?:[^/]+\/)?([a-z]+)(?:\.[a-z][a-z0-9.]*?)?(?:\.\d+)?\.json$/.exec(path) ?? [];
    if (resource) {
      const items = itemsOf(text).filter(({ metadata }) => wanted(metadata.namespace));
      objects.set(resource, [...(objects.get(resource) ?? []), ...items]);
    }
    const [, namespace, pod, container, previous] =
      /^logs\/([^/]+)\/([^/]+)\/([^/]+?)(\.previous)?\.log$/.exec(path) ?? [];
    if (namespace && pod && container && wanted(namespace))
      logs.push({ namespace, pod, container, previous: previous !== undefined, text });
  }
  return { files, objects, logs, usage: usageIn(files, wanted) };
}

function usageIn(files: ReadonlyMap<string, string>, wanted: (namespace: string) => boolean): Usage {
  const nodes = readTop(files.get('top/nodes.txt') ?? '', 'top/nodes.txt').nodes;
  const { containers } = readTop(files.get('top/pods.txt') ?? '', 'top/pods.txt');
  return { nodes, containers: containers.filter(({ namespace }) => wanted(namespace)) };
}

async function filesOf(bundle: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const visitor: Visitor = {
    entry({ path }) {
      const chunks: Buffer[] = [];
      return {
        chunk: (bytes) => void chunks.push(Buffer.from(bytes)),
        end: () => void files.set(path.replace(/^[^/]*\//, ''), Buffer.concat(chunks).toString()),
      };
    },
    problem() {},
  };
  await readBundle(bundle, visitor);
  return files;
}

function itemsOf(text: string): Recorded[] {
  const list = JSON.parse(text) as { kind: string; apiVersion: string; items: Recorded[] };
  const { kind, apiVersion } = list;
  return list.items.map((item) => ({ ...item, apiVersion, kind: kind.replace(/List$/, '') }));
}
