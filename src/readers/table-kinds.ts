import { integer, selectorOf } from './describe/draft.ts';
import { said } from './describe/outline.ts';
import { readPodRow } from './table-pods.ts';
import {
  type Cells,
  type Put,
  pair,
  readEndpoints,
  readJob,
  readNode,
  readService,
  readVolume,
} from './table-rows.ts';

type KindTable = {
  /** Columns that tell the kind; a kind that shares them with others is told by the command or the path. */
  readonly columns: readonly string[];
  /** These columns tell the kind only when there are no others. */
  readonly only?: true;
  read(cells: Cells, set: Put, time: number | undefined): void;
};

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
