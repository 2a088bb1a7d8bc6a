import { integer, portOf, selectorOf } from './describe/draft.ts';
import { said } from './describe/outline.ts';
import { readPodRow } from './table-pods.ts';

/** The cells of one row by column. */
export type Cells = Readonly<Record<string, string>>;
/** Sets a field of the object that a row is read into. */
export type Put = (path: string, value: unknown) => void;

type KindTable = {
  /** Columns that tell the kind; a kind that shares them with others is told by the command or the path. */
  readonly columns: readonly string[];
  /** These columns tell the kind only when there are no others. */
  readonly only?: true;
  read(cells: Cells, set: Put, time: number | undefined): void;
};

const pair = (text: string | undefined) =>
  /^(\d+)\/(\d+)$/
    .exec(text ?? '')
    ?.slice(1)
    .map(Number) ?? [];

/** The kinds whose tables are read, and what their columns say. */
export const TABLE_KINDS: ReadonlyMap<string, KindTable> = new Map<string, KindTable>([
  ['Pod', { columns: ['READY', 'STATUS', 'RESTARTS'], read: readPodRow }],
  ['Node', { columns: ['STATUS', 'ROLES', 'VERSION'], read: readNode }],
  [
    'Deployment',
    {
      columns: ['READY', 'UP-TO-DATE', 'AVAILABLE', 'NAME'],
      read(cells, set) {
        const [ready, desired] = pair(cells.READY);
        set('spec.replicas', desired ?? integer(cells.DESIRED));
        set('status.readyReplicas', ready);
        set('status.updatedReplicas', integer(cells['UP-TO-DATE']));
        set('status.availableReplicas', integer(cells.AVAILABLE));
        set('spec.selector.matchLabels', selectorOf(said(cells.SELECTOR)));
      },
    },
  ],
  [
    'DaemonSet',
    {
      columns: ['DESIRED', 'CURRENT', 'READY', 'AVAILABLE'],
      read(cells, set) {
        set('status.desiredNumberScheduled', integer(cells.DESIRED));
        set('status.currentNumberScheduled', integer(cells.CURRENT));
        set('status.numberReady', integer(cells.READY));
        set('status.updatedNumberScheduled', integer(cells['UP-TO-DATE']));
        set('status.numberAvailable', integer(cells.AVAILABLE));
      },
    },
  ],
  [
    'ReplicaSet',
    {
      columns: ['DESIRED', 'CURRENT', 'READY'],
      read(cells, set) {
        set('spec.replicas', integer(cells.DESIRED));
        set('status.replicas', integer(cells.CURRENT));
        set('status.readyReplicas', integer(cells.READY));
      },
    },
  ],
  ['Job', { columns: ['COMPLETIONS', 'DURATION'], read: readJob }],
  [
    'CronJob',
    {
      columns: ['SCHEDULE', 'SUSPEND'],
      read(cells, set) {
        set('spec.schedule', cells.SCHEDULE);
        set('spec.suspend', cells.SUSPEND === 'True');
      },
    },
  ],
  [
    'HorizontalPodAutoscaler',
    {
      columns: ['REFERENCE', 'MINPODS', 'MAXPODS'],
      read(cells, set) {
        const [kind, name] = (cells.REFERENCE ?? '').split('/');
        set('spec.scaleTargetRef', { kind, name });
        set('spec.minReplicas', integer(cells.MINPODS));
        set('spec.maxReplicas', integer(cells.MAXPODS));
        set('status.currentReplicas', integer(cells.REPLICAS));
      },
    },
  ],
  ['PersistentVolume', { columns: ['CAPACITY', 'RECLAIM POLICY', 'CLAIM'], read: readVolume }],
  [
    'PersistentVolumeClaim',
    {
      columns: ['STATUS', 'VOLUME', 'CAPACITY'],
      read(cells, set) {
        set('status.phase', said(cells.STATUS));
        set('spec.volumeName', said(cells.VOLUME));
        set('spec.storageClassName', said(cells.STORAGECLASS));
      },
    },
  ],
  [
    'StorageClass',
    {
      columns: ['PROVISIONER'],
      read(cells, set) {
        set('provisioner', cells.PROVISIONER);
        set('reclaimPolicy', said(cells.RECLAIMPOLICY));
        set('volumeBindingMode', said(cells.VOLUMEBINDINGMODE));
      },
    },
  ],
  ['Service', { columns: ['TYPE', 'CLUSTER-IP', 'PORT(S)'], read: readService }],
  ['Endpoints', { columns: ['ENDPOINTS'], read: readEndpoints }],
  [
    'Ingress',
    {
      columns: ['HOSTS', 'ADDRESS', 'PORTS'],
      read(cells, set) {
        set('spec.ingressClassName', said(cells.CLASS));
        set(
          'spec.rules',
          (said(cells.HOSTS) ?? '').split(',').map((host) => ({ host: host === '*' ? undefined : host })),
        );
      },
    },
  ],
  [
    'StatefulSet',
    {
      columns: ['READY', 'CONTAINERS', 'IMAGES'],
      read(cells, set) {
        const [ready, desired] = pair(cells.READY);
        set('spec.replicas', desired);
        set('status.readyReplicas', ready);
      },
    },
  ],
  [
    'APIService',
    {
      columns: ['SERVICE', 'AVAILABLE'],
      read(cells, set) {
        const [, status, reason] = /^(\w+)(?: \((\w+)\))?/.exec(cells.AVAILABLE ?? '') ?? [];
        set('status.conditions', [{ type: 'Available', status, reason }]);
        const [namespace, name] = (cells.SERVICE ?? '').split('/');
        if (name) set('spec.service', { namespace, name });
      },
    },
  ],
  [
    'Namespace',
    {
      columns: ['NAME', 'STATUS', 'AGE'],
      only: true,
      read: (cells, set) => set('status.phase', cells.STATUS),
    },
  ],
]);

function readNode(cells: Cells, set: Put): void {
  const states = (cells.STATUS ?? '').split(',');
  const ready = states.includes('Ready') ? 'True' : 'False';
  set('status.conditions', [{ type: 'Ready', status: ready }]);
  set('spec.unschedulable', states.includes('SchedulingDisabled'));
  set('status.nodeInfo.kubeletVersion', said(cells.VERSION));
  set('status.nodeInfo.osImage', said(cells['OS-IMAGE']));
  set('status.nodeInfo.kernelVersion', said(cells['KERNEL-VERSION']));
  set('status.nodeInfo.containerRuntimeVersion', said(cells['CONTAINER-RUNTIME']));
  const address = said(cells['INTERNAL-IP']);
  if (address) set('status.addresses', [{ type: 'InternalIP', address }]);
}

function readJob(cells: Cells, set: Put): void {
  const [done, wanted] = pair(cells.COMPLETIONS);
  set('spec.completions', wanted);
  set('status.succeeded', done);
  const type = cells.STATUS === 'Failed' ? 'Failed' : cells.STATUS === 'Complete' ? 'Complete' : undefined;
  const complete = cells.STATUS === undefined && done !== undefined && done === wanted;
  if (type ?? complete) set('status.conditions', [{ type: type ?? 'Complete', status: 'True' }]);
}

function readVolume(cells: Cells, set: Put): void {
  const [namespace, name] = (said(cells.CLAIM) ?? '').split('/');
  set('status.phase', said(cells.STATUS));
  set('status.reason', said(cells.REASON));
  set('spec.storageClassName', said(cells.STORAGECLASS));
  set('spec.persistentVolumeReclaimPolicy', said(cells['RECLAIM POLICY']));
  set('spec.capacity', { storage: said(cells.CAPACITY) });
  if (name) set('spec.claimRef', { kind: 'PersistentVolumeClaim', namespace, name });
}

/** `80:30080/TCP,443/TCP` */
function readService(cells: Cells, set: Put): void {
  set('spec.type', cells.TYPE);
  set('spec.clusterIP', said(cells['CLUSTER-IP']));
  set('spec.selector', selectorOf(said(cells.SELECTOR)));
  const ports = (said(cells['PORT(S)']) ?? '').split(',').flatMap((text) => {
    const [, port, nodePort, protocol] = /^(\d+)(?::(\d+))?\/(\w+)$/.exec(text) ?? [];
    return port ? [{ port: Number(port), nodePort: integer(nodePort), protocol }] : [];
  });
  set('spec.ports', ports);
}

/** `10.42.0.7:8080,10.42.0.8:8080 + 1 more...` */
function readEndpoints(cells: Cells, set: Put): void {
  const shown = (said(cells.ENDPOINTS) ?? '').replace(/ \+ .*$/, '').split(',');
  const addresses = shown.flatMap((text) => {
    const [, ip, port] = /^\[?([\da-f.:]+?)\]?(?::(\d+))?$/i.exec(text) ?? [];
    return ip ? [{ ip, port: portOf(port) }] : [];
  });
  if (addresses.length > 0) set('subsets', [{ addresses: addresses.map(({ ip }) => ({ ip })) }]);
}
