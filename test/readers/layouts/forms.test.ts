import { beforeAll, describe, expect, test } from 'vitest';
import { judge } from '../../../src/engine/judge.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import { CATALOGUE } from '../../support/cluster.ts';
import { clusterIn, eventsIn, logsIn, objectsIn } from './facts.ts';
import { FORMS, listOf } from './forms.ts';
import { type Recording, recordingOf } from './recording.ts';

const KIND_OF_DUMP = new Set(['Pod', 'Node', 'Service', 'Deployment', 'ReplicaSet', 'DaemonSet']);

/** Its Service would be in a namespace of which lists made by namespace know nothing. */
const OF_OTHER_NAMESPACES = 'risk/webhook-without-backend';

let recording: Recording;
/** What Casefile's own layout gives for the same cluster, and without its usage. */
let own: Cluster;
let ownWithoutUsage: Cluster;

beforeAll(async () => {
  recording = await recordingOf('samples/shop.tar.gz', ['payments', 'team-a']);
  const lists = [...recording.objects].map(([resource, items]): [string, string] => [
    `casefile-shop/objects/${resource}.json`,
    JSON.stringify(listOf(items, resource)),
  ]);
  const logs = recording.logs.map(({ namespace, pod, container, previous, text }): [string, string] => [
    `casefile-shop/logs/${namespace}/${pod}/${container}${previous ? '.previous' : ''}.log`,
    text,
  ]);
  const top = ['nodes', 'pods'].map((name): [string, string] => [
    `casefile-shop/top/${name}.txt`,
    recording.files.get(`top/${name}.txt`) ?? '',
  ]);
  const files = { 'casefile-shop/ledger.tsv': '', ...Object.fromEntries([...lists, ...logs]) };
  own = clusterIn({ ...files, ...Object.fromEntries(top) });
  ownWithoutUsage = clusterIn(files);
});

function findingsOf(cluster: Cluster): string[] {
  const report = judge(cluster, CATALOGUE, 'test');
  return report.findings
    .filter(({ classifier }) => classifier !== OF_OTHER_NAMESPACES)
    .map(({ classifier, subject }) => `${classifier} ${subject.kind} ${subject.namespace}/${subject.name}`)
    .sort();
}

/** CPU to the thousandth of a core and memory to the MiB, as `kubectl top` prints them, of the namespaces compared. */
function usageIn({ containerUsage, nodeUsage }: Cluster): string[] {
  const amounts = (cpu = 0, memory = 0) => `${Math.round(cpu * 1000)}m ${Math.round(memory / 1024 ** 2)}Mi`;
  return [
    ...nodeUsage.items.map(({ node, cpu, memory }) => `${node} ${amounts(cpu, memory)}`),
    ...containerUsage.items
      .filter(({ namespace }) => namespace === 'payments' || namespace === 'team-a')
      .map(
        ({ namespace, pod, container, cpu, memory }) =>
          `${namespace} ${pod} ${container} ${amounts(cpu, memory)}`,
      ),
  ].sort();
}

const only = (record: Record<string, unknown>, wanted: (key: string) => boolean) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => wanted(key)));

describe.each(Object.entries(FORMS))('%s', (_, { form, layout, lacks = [] }) => {
  let cluster: Cluster;
  beforeAll(() => {
    cluster = clusterIn(form(recording));
  });

  test('is recognised and read without a problem', () => {
    expect(cluster.bundle.layout).toBe(layout);
    expect(cluster.problems).toEqual([]);
  });

  test('gives the same objects', () => {
    const kinds = layout === 'insights' ? new Set(['Pod', 'Node']) : KIND_OF_DUMP;
    const there = (key: string) => !lacks.includes('kinds') || kinds.has(key.split(' ')[0] ?? '');
    expect(objectsIn(cluster)).toEqual(only(objectsIn(own), there));
  });

  test('gives the same events and logs', () => {
    const present = (key: string) => !lacks.includes('previous logs') || !key.endsWith('true');
    const inOrderOnly = layout === 'insights';
    expect(logsIn(cluster)).toEqual(only(logsIn(own), present));
    if (!inOrderOnly) expect(eventsIn(cluster)).toEqual(eventsIn(own));
  });

  test('gives the same usage, or says that there is none', () => {
    if (lacks.includes('usage')) expect(cluster.containerUsage).toEqual({ extent: 'none', items: [] });
    else expect(usageIn(cluster)).toEqual(usageIn(own));
  });

  test('gives the same findings, where it holds the same', () => {
    const known = lacks.includes('usage') ? ownWithoutUsage : own;
    if (lacks.every((lack) => lack === 'usage')) expect(findingsOf(cluster)).toEqual(findingsOf(known));
    else
      expect(findingsOf(own)).toEqual(
        expect.arrayContaining(findingsOf(cluster).filter((one) => one.includes(' Deployment payments/'))),
      );
  });
});
