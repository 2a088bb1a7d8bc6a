import type { LogHit, LogOwner } from './cluster.ts';
import { lineEvidence, type Proof } from './evidence.ts';
import type { Joins } from './joins.ts';
import { type Ref, refTo } from './ref.ts';
import { cutTo, times } from './words.ts';

/** The lines that one class asked for and that a log held, with whose log it is. */
type Logged = {
  readonly subject: Ref;
  readonly container: string | undefined;
  readonly hit: LogHit;
  readonly evidence: Proof;
};

const HOUR = 3_600_000;
/** Characters of a line that a message quotes. */
const MOST = 240;
/** Where control planes run as pods; others only speak with one. */
const CONTROL_PLANE =
  /^(?:kube-system|openshift-(?:etcd|kube-apiserver|kube-controller-manager|kube-scheduler))$/;

/** What a class's own `lines` found in logs not long before the bundle was made; lines without a time count. */
export function* recentlyLogged(
  joins: Pick<Joins, 'hitsOf'>,
  classifier: string,
  time: number | undefined,
  span = HOUR,
  isWanted: (owner: LogOwner) => boolean = () => true,
): Iterable<Logged> {
  for (const { log, hit } of joins.hitsOf(classifier)) {
    const { file, owner } = log;
    if (!isWanted(owner)) continue;
    if (time !== undefined && hit.last !== undefined && time - hit.last > span) continue;
    const [first, ...others] = hit.lines.map((line) => lineEvidence(file, line)).reverse();
    if (!first) continue;
    const isNode = owner.of === 'node';
    yield {
      subject: isNode ? refTo('Node', undefined, owner.node) : refTo('Pod', owner.namespace, owner.pod),
      container: isNode ? undefined : owner.container,
      hit,
      evidence: [first, ...others],
    };
  }
}

/** The same of control planes only: pods of the system's namespaces and the journals of nodes, with what a finding needs. */
export function* controlPlaneLines(
  joins: Pick<Joins, 'hitsOf'>,
  classifier: string,
  time: number | undefined,
  least = 1,
  span = HOUR,
): Iterable<
  Logged & { readonly message: string; readonly first: number | undefined; readonly last: number | undefined }
> {
  for (const logged of recentlyLogged(joins, classifier, time, span, isOfControlPlane)) {
    const { count, first, last } = logged.hit;
    if (count < least) continue;
    yield {
      ...logged,
      message: `said ${times(count)}: ${cutTo(logged.evidence[0].excerpt, MOST)}`,
      first,
      last,
    };
  }
}

function isOfControlPlane(owner: LogOwner): boolean {
  return owner.of === 'node' || CONTROL_PLANE.test(owner.namespace);
}
