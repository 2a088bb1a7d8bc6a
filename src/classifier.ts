import type {
  Cluster,
  ClusterEvent,
  ContainerUsage,
  Coverage,
  Log,
  NodeCertificate,
  NodeClock,
  NodeFilesystem,
  NodeUsage,
  Of,
  Resource,
} from './model/cluster.ts';
import type { ContainerFact } from './model/containers.ts';
import type { Proof } from './model/evidence.ts';
import type { Expression } from './model/expression.ts';
import type { FixStep } from './model/fix-steps.ts';
import type { Joins } from './model/joins.ts';
import type { Ref } from './model/ref.ts';
import type { Severity } from './model/severities.ts';
import type { Place, Signal } from './model/signal.ts';
import type { Stage } from './model/stages.ts';

/** What a classifier may ask for: the resources of the model and the facts drawn from them. */
export type FactTypes = { readonly [R in Resource]: readonly Of<R>[] } & {
  /** Every container of every pod with its state, init and ephemeral ones too. Needs pods. */
  readonly containers: readonly ContainerFact[];
  /** Texts of events, waiting and terminated states, conditions and log lines, noise left out. */
  readonly signals: readonly Signal[];
  readonly events: readonly ClusterEvent[];
  readonly logs: readonly Log[];
  readonly containerUsage: readonly ContainerUsage[];
  readonly nodeUsage: readonly NodeUsage[];
  readonly certificates: readonly NodeCertificate[];
  readonly filesystems: readonly NodeFilesystem[];
  readonly clocks: readonly NodeClock[];
  /** What the collector asked for and how each try ended; other tools seldom tell. */
  readonly coverage: readonly Coverage[];
};
export type FactName = keyof FactTypes;

/** The facts that a classifier declared, and how they join. */
export type Facts<N extends FactName> = Pick<FactTypes, N> & {
  readonly joins: Joins;
  /** When the bundle was made, in milliseconds since 1970; undefined when nothing in it tells. */
  readonly time: number | undefined;
  readonly cluster: Pick<Cluster, 'version' | 'distribution'>;
};

/** One place where a classifier found its failure. */
export type Detection = {
  /** The failing object: a pod, or the object itself. Pods are folded into their owner afterwards. */
  readonly subject: Ref;
  readonly container?: string | undefined;
  /** Other failing objects behind the subject; the pods of a folded subject are added by themselves. */
  readonly affected?: readonly Ref[];
  /** The thing that is wrong: a ConfigMap, a registry (kind Registry), a StorageClass, a node, a host (kind Host). */
  readonly culprit?: Ref | undefined;
  /** What was seen, with numbers: continues "Pod shop/cart-0: ", lower case, no full stop. */
  readonly message: string;
  readonly evidence: Proof;
  /** Values for the placeholders of cause and fix, beside those that every finding has. */
  readonly values?: Readonly<Record<string, string>>;
  /** What it tells of was over when the bundle was made. */
  readonly over?: boolean | undefined;
  /** Only where this place is worse or milder than the class. */
  readonly severity?: Severity;
  /** Milliseconds since 1970. */
  readonly first?: number | undefined;
  readonly last?: number | undefined;
};

/** How an effect's object is tied to its cause's object. */
export const RELATIONS = [
  /** The same object, container or workload. */
  'object',
  /** The cause is about an owner or a controlled object of the effect's subject. */
  'owner',
  /** The cause is about a pod of the workload or Service that the effect's subject is or names. */
  'pods',
  /** The cause is about the node that the effect's pods run on, or that its text names. */
  'node',
  /** Both name the same culprit: registry, ConfigMap, Secret, host, … */
  'culprit',
  /** The cause is about a claim that the effect's pods mount. */
  'claim',
  /** The cause is about what the effect's subject points at: the Service of an Ingress, webhook or APIService, the DaemonSet of a CSI driver, the pod that makes a claim's volume. */
  'backend',
  /** The cause is about a pod that brings the network plugin to the effect's node or to that of its pods, or about the plugin's chart. */
  'network',
  /** The cause is about kube-proxy on the effect's node, and the effect's text names the address of a Service. */
  'proxy',
  /** The cause is the same failure of other pods on the effect's node, of three or more in all. */
  'neighbours',
  /** The cause is about the Service or pod whose address the effect's text or environment names. */
  'address',
  /** Both are in the same namespace. */
  'namespace',
  /** Anywhere in the cluster. */
  'cluster',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** What may explain a finding of this class: classes (or `group/*`) and how they must be tied to it. */
export type CausedBy = { readonly classes: readonly string[]; readonly by: Relation };

/** What every class of failure says of itself. */
type Described = {
  /** Sentence case, up to 72 characters, no full stop. */
  readonly title: string;
  readonly stage: Stage;
  readonly severity: Severity;
  /** One to three sentences, present tense; {{placeholders}} are filled in. */
  readonly cause: string;
  /** The first step looks, the next ones mend; {{placeholders}} are filled in; no step needs the internet. */
  readonly fix: readonly FixStep[];
  /** What tells it from its look-alikes, for the manual page. */
  readonly tellApart?: string;
  /**
   * Steps back when one of these classes (or `group/*`) is found at the same pod or object. Of two that step back for each other
   * only the one does that gives the id of the other.
   */
  readonly yieldsTo?: readonly string[];
  readonly causedBy?: readonly CausedBy[];
};

/** What one text says. A signal is a hit when its reason is listed or an expression matches. */
type TextDetection = {
  readonly in: readonly Place[];
  readonly reason?: readonly string[];
  readonly any?: readonly string[];
  /** What the named groups of the expressions point at as culprit: `{kind: 'ConfigMap', name: 'name'}`. */
  readonly culprit?: {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
    /** A group that holds a port, for hosts whose texts name it apart: the culprit's name becomes `host:port`. */
    readonly port?: string;
  };
  /** Replaces the quoted text as the finding's message; {{groups}} are filled in. */
  readonly message?: string;
};

/** A class that one text decides: a YAML file. */
export type TextClassifier = Described & {
  readonly detect: TextDetection;
  readonly examples: { readonly hit: readonly string[]; readonly miss: readonly string[] };
};

/** A small piece of a cluster, as files of a bundle; objects are YAML documents. */
export type ExampleCluster = {
  readonly about: string;
  /** YAML documents of Kubernetes objects, separated by `---`. */
  readonly objects?: string;
  /** Path in the bundle -> text, for logs, top and describe: `logs/shop/cart-0/cart.previous.log`. */
  readonly files?: Readonly<Record<string, string>>;
  /** When the bundle was made; 2026-11-22T12:00:00Z unless told. */
  readonly time?: string;
};

/** A class that needs a second fact: a TypeScript file. */
export type CodeClassifier<N extends FactName = FactName> = Described & {
  /** Skipped, and said to be, when nothing was collected of one of these. */
  readonly needs: readonly N[];
  /** Used where they were collected; nothing is skipped for want of these, unless none was and nothing else is needed. */
  readonly uses?: readonly N[];
  /** Of these the whole list is needed, because absence decides. */
  readonly complete?: readonly NoInfer<N>[];
  /** Log lines that it wants kept as hits under its id; each expression has a literal of 5 characters or more. */
  readonly lines?: readonly string[];
  detect(facts: Facts<N>): Iterable<Detection>;
  readonly examples: { readonly hit: readonly ExampleCluster[]; readonly miss: readonly ExampleCluster[] };
};

/** A class with its id, which is its path: `image/not-found`. */
export type Classifier = { readonly id: string } & (
  | ({ readonly by: 'text' } & TextClassifier)
  | ({ readonly by: 'code' } & CodeClassifier)
);

/** Text that means no failure, wherever it stands. */
export type Noise = {
  readonly why: string;
  readonly in: readonly Place[];
  readonly any: readonly Expression[];
};

/** When a text can speak for a group at all. */
export type Gate = {
  /** The text must hold this; without it the group's classes are not asked. */
  readonly needs?: Expression;
  /** Kinds of text (`contexts`) that are about something else. */
  readonly never: readonly Expression[];
};

/** A class ready to be asked: its expressions are compiled, by the engine that fits their origin. */
export type Class = Classifier & { readonly group: string; readonly expressions: readonly Expression[] };

/** All that is known about failures. */
export type Catalogue = {
  readonly classes: readonly Class[];
  readonly noise: readonly Noise[];
  readonly gates: ReadonlyMap<string, Gate>;
};

/** Checks a code class against the contract; the facts that `detect` gets are those that `needs` and `uses` name. */
export function defineClassifier<const N extends FactName>(classifier: CodeClassifier<N>): CodeClassifier<N> {
  return classifier;
}
