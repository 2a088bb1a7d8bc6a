import { draftOf, field, readConditions, type Text } from './common.ts';
import { createDraft, type Draft, pairsOf, put, truth, valuesOf } from './draft.ts';
import { type Outline, rowOf, said, sectionOf, treeOf } from './outline.ts';
import { parseLongTime } from './times.ts';

const SYSTEM_INFO = {
  'Boot ID': 'bootID',
  'Kernel Version': 'kernelVersion',
  'OS Image': 'osImage',
  'Operating System': 'operatingSystem',
  Architecture: 'architecture',
  'Container Runtime Version': 'containerRuntimeVersion',
  'Kubelet Version': 'kubeletVersion',
  'Kube-Proxy Version': 'kubeProxyVersion',
} as const;

/** Reads `kubectl describe node`. */
export function readNode(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'spec.unschedulable', 'Unschedulable', truth);
  field(draft, outline, 'spec.podCIDR', 'PodCIDR');
  field(draft, outline, 'spec.providerID', 'ProviderID');
  const taints = sectionOf(outline, 'Taints');
  put(draft, 'spec.taints', valuesOf(taints).map(toTaint), taints?.line);
  readConditions(draft, outline);
  readMap(draft, outline, 'Capacity', 'status.capacity');
  readMap(draft, outline, 'Allocatable', 'status.allocatable');
  const addresses = sectionOf(outline, 'Addresses');
  treeOf(addresses?.lines ?? []).forEach(({ key, value, line }, index) => {
    put(draft, `status.addresses[${index}]`, { type: key, address: value }, line);
  });
  const info = treeOf(sectionOf(outline, 'System Info')?.lines ?? []);
  for (const [key, name] of Object.entries(SYSTEM_INFO)) {
    const row = rowOf(info, key);
    put(draft, `status.nodeInfo.${name}`, said(row?.value), row?.line);
  }
  return draft;
}

/** The node's heartbeat, which its description shows as `Lease:`. */
export function readLease({ outline }: Text): Draft | undefined {
  const section = sectionOf(outline, 'Lease');
  const rows = treeOf(section?.lines ?? []);
  if (!section || rows.length === 0) return undefined;
  const draft = createDraft('Lease', section.line, true);
  put(draft, 'metadata.name', sectionOf(outline, 'Name')?.value, section.line);
  put(draft, 'metadata.namespace', 'kube-node-lease', section.line);
  const holder = rowOf(rows, 'HolderIdentity');
  put(draft, 'spec.holderIdentity', said(holder?.value), holder?.line);
  for (const [key, name] of [
    ['AcquireTime', 'acquireTime'],
    ['RenewTime', 'renewTime'],
  ] as const) {
    const row = rowOf(rows, key);
    put(draft, `spec.${name}`, parseLongTime(row?.value), row?.line);
  }
  return draft;
}

function readMap(draft: Draft, outline: Outline, key: string, path: string): void {
  const section = sectionOf(outline, key);
  put(draft, path, section && pairsOf(section.lines.map(({ text }) => text)), section?.line);
}

/** `key=value:effect`, the value optional. */
function toTaint(text: string) {
  const [, key, value, effect] = /^([^=:]+)(?:=([^:]*))?:(\S+)$/.exec(text) ?? [];
  return { key, value, effect };
}
