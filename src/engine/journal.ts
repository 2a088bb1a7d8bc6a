import type { Cluster, Of } from '../model/cluster.ts';
import { containersOf } from '../model/containers.ts';
import { groupBy } from '../model/group-by.ts';
import type { Joins } from '../model/joins.ts';

/** A pod that a line of a node's journal is about, and its container where the line tells. */
type Named = { readonly pod: Of<'pods'>; readonly container: string | undefined };

/** What the kubelet and the runtime call a pod: by uid, or `pod="namespace/name"`. */
const UIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const NAME = /\bpod="([^/"]+)\/([^"]+)"/;
const BY_UID = /podUID=|UID: |_[0-9a-f-]{36}_\d|\([0-9a-f-]{36}\)|PodSandboxMetadata\{/;
const CONTAINER =
  /(?:restarting failed container=|&ContainerMetadata\{Name:|failed to \\?"\w+\\?" for \\?")([a-z0-9-]+)/;

/** Finds the pods that lines of a node's journal are about; nothing for a line about the node as a whole. */
export function createJournalIndex(
  cluster: Cluster,
  joins: Joins,
): (text: string, node: string, group: string) => readonly Named[] | undefined {
  const byUid = groupBy(cluster.objects.pods.items, ({ metadata }) => metadata.uid ?? '');
  const knowsAll = joins.knowsAll('pods');
  return (text, node, group) => {
    const container = CONTAINER.exec(text)?.[1];
    const pods = (text.match(UIDS) ?? []).flatMap((uid) => byUid.get(uid) ?? []);
    if (pods.length > 0) return [...new Set(pods)].map((pod) => ({ pod, container }));
    const [, namespace, name] = NAME.exec(text) ?? [];
    const pod = namespace && name ? joins.find('pods', namespace, name) : 'unknown';
    if (typeof pod !== 'string') return [{ pod, container }];
    if (!knowsAll) return undefined;
    // A pod that is gone is history.
    if (pod === 'absent' || BY_UID.test(text)) return [];
    return group === 'image' ? waitingFor(text, joins.podsOn(node)) : undefined;
  };
}

const IMAGE = /PullImage \\?"([^"\\]+)\\?" failed|\bimage="([^"]+)"/;
/** A mirror is asked for the image under the mirror's own name. */
const ASKED = /\/v2\/([^\s"]+?)\/(?:manifests|blobs)\/([^\s"?:\\]+)/;
/** The line that tells of the last host names the image. */
const NEXT_HOST = /msg="trying next host/;
const PULLING = /^(?:ErrImagePull|ImagePullBackOff|RegistryUnavailable|ContainerCreating|PodInitializing)$/;

/** The containers that wait for the image that a line names. */
function waitingFor(text: string, pods: readonly Of<'pods'>[]): readonly Named[] | undefined {
  const [, pulled, wanted] = IMAGE.exec(text) ?? [];
  const named = pulled ?? wanted;
  if (named !== undefined) return pullingOn(pods, (image) => fullName(image) === fullName(named));
  const [, repository, tag] = ASKED.exec(text) ?? [];
  if (repository && tag) return pullingOn(pods, (image) => fullName(image).endsWith(`${repository}:${tag}`));
  return NEXT_HOST.test(text) ? [] : undefined;
}

function pullingOn(pods: readonly Of<'pods'>[], isNamed: (image: string) => boolean): readonly Named[] {
  return pods.flatMap((pod) =>
    containersOf(pod)
      .filter(
        ({ spec, status }) => PULLING.test(status?.state.waiting?.reason ?? '') && isNamed(spec?.image ?? ''),
      )
      .map(({ name }) => ({ pod, container: name })),
  );
}

/** `nginx`, `docker.io/library/nginx` and `nginx:latest` are one image. */
function fullName(image: string): string {
  const short = image.replace(/^docker\.io\/(?:library\/)?/, '');
  return /[:@][^/]*$/.test(short) ? short : `${short}:latest`;
}
