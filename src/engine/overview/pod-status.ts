import type { Of } from '../../model/cluster.ts';
import { containersOf } from '../../model/containers.ts';

/** The pod's status as `kubectl get pods` prints it in its STATUS column. */
export function podStatus(pod: Of<'pods'>): string {
  if (pod.metadata.deletionTimestamp) return pod.status.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
  return initStatus(pod) ?? containerStatus(pod) ?? pod.status.reason ?? pod.status.phase ?? 'Unknown';
}

/** The first init container that is not done decides, as `Init:…`. */
function initStatus(pod: Of<'pods'>): string | undefined {
  const inits = containersOf(pod).filter(({ role }) => role === 'init' || role === 'sidecar');
  for (const [index, { state, status, ended, role }] of inits.entries()) {
    if (state === 'terminated' && ended?.exitCode === 0) continue;
    if (role === 'sidecar' && status?.started) continue;
    if (state === 'unknown') return undefined;
    if (state === 'terminated') return `Init:${ended?.reason || `ExitCode:${ended?.exitCode ?? '?'}`}`;
    const reason = status?.state.waiting?.reason;
    return reason && reason !== 'PodInitializing' ? `Init:${reason}` : `Init:${index}/${inits.length}`;
  }
  return undefined;
}

/** As kubectl does: the last container with something to say. */
function containerStatus(pod: Of<'pods'>): string | undefined {
  let said: string | undefined;
  let running = false;
  for (const { role, state, status, ended, ready } of containersOf(pod)) {
    if (role !== 'app') continue;
    if (state === 'waiting' && status?.state.waiting?.reason) said ??= status.state.waiting.reason;
    if (state === 'terminated') said ??= ended?.reason || `ExitCode:${ended?.exitCode ?? '?'}`;
    running ||= state === 'running' && ready;
  }
  return said === 'Completed' && running ? 'Running' : said;
}

/** Ready and all containers, as `kubectl get pods` prints them: `1/2`. */
export function readyCount(pod: Of<'pods'>): string {
  const members = containersOf(pod).filter(({ role }) => role === 'app' || role === 'sidecar');
  return `${members.filter(({ ready }) => ready).length}/${members.length}`;
}
