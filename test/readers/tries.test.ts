import { expect, test } from 'vitest';
import { clusterIn } from './layouts/facts.ts';

const COLUMNS = 'id\tpath\targv\tstart\tms\texit\tbytes\tsha256\tcut\tredactions\tclass';
const EVENTS =
  '12\t-\tkubectl get --raw /api/v1/events?limit=500\t2026-11-22T12:00:00Z\t90\t1\t0\t-\t0\t0\tforbidden';
const REFUSED =
  'Error from server (Forbidden): events is forbidden: User "system:serviceaccount:support:reader" cannot list resource "events" in API group "" at the cluster scope\n';

function coverageOf(files: Readonly<Record<string, string>>) {
  const about = { 'casefile-shop-20261122T120000Z/about.txt': 'layout=1\n' };
  const own = Object.entries(files).map(([path, text]) => [`casefile-shop-20261122T120000Z/${path}`, text]);
  return clusterIn({ ...about, ...Object.fromEntries(own) });
}

test('a command that failed is told in the words of the API, whichever file comes first', () => {
  const ledger = { 'ledger.tsv': `${COLUMNS}\tintended\n${EVENTS}\tobjects/events.json\n` };
  const said = {
    'objects/events.json.err': `E1122 12:00:00.1 7 memcache.go:265] couldn't get resource list for metrics.k8s.io/v1beta1\n${REFUSED}`,
  };
  for (const files of [
    { ...ledger, ...said },
    { ...said, ...ledger },
  ])
    expect(coverageOf(files)).toMatchObject({
      coverage: [
        {
          what: 'events of all namespaces',
          status: 'forbidden',
          detail:
            'events is forbidden: User "system:serviceaccount:support:reader" cannot list resource "events" in API group "" at the cluster scope',
        },
      ],
      unread: new Map(),
    });
});

test('what was tried again with success says nothing of the first time', () => {
  const ok =
    '12.002\tobjects/events.json\tkubectl get --raw /api/v1/events?limit=500\t2026-11-22T12:00:02Z\t90\t0\t61\t-\t0\t0\tok\tobjects/events.json';
  const { coverage } = coverageOf({
    'ledger.tsv': `${COLUMNS}\tintended\n${EVENTS}\tobjects/events.json\n${ok}\n`,
    'objects/events.json.err': REFUSED,
    'objects/events.json': '{"kind":"EventList","apiVersion":"v1","metadata":{},"items":[]}\n',
  });
  expect(coverage.map(({ status, detail }) => [status, detail?.slice(0, 19)])).toEqual([
    ['forbidden', 'events is forbidden'],
    ['ok', undefined],
  ]);
});

test('of a node it is told what was looked for there, also when nothing was kept', () => {
  const row =
    '101\t-\tjournalctl --unit k3s\t2026-11-22T12:00:00Z\t-\t-\t0\t-\t0\t0\tabsent\tnodes/server1/journal-k3s.log';
  expect(coverageOf({ 'ledger.tsv': `${COLUMNS}\tintended\n${row}\n` }).coverage).toMatchObject([
    { what: 'journal-k3s.log of node server1', status: 'absent' },
  ]);
});

test('the ledger of an older collector does not say where the words are: they are counted as unread', () => {
  const { coverage, unread } = coverageOf({
    'ledger.tsv': `${COLUMNS}\n${EVENTS}\n`,
    'objects/events.json.err': REFUSED,
  });
  expect(coverage).toMatchObject([{ status: 'forbidden', detail: 'exit status 1' }]);
  expect([...unread]).toContainEqual(['error messages', ['objects/events.json.err']]);
});

test('of more commands than are listed, those that failed are not lost behind those that did not', () => {
  const row = (id: number, status: string) =>
    `${id}\t-\tkubectl get --raw /version\t2026-11-22T12:00:00Z\t9\t0\t0\t-\t0\t0\t${status}`;
  const rows = Array.from({ length: 20_003 }, (_, i) => row(i, 'ok'));
  const { coverage } = coverageOf({
    'ledger.tsv': [COLUMNS, ...rows, row(20_003, 'timeout'), ''].join('\n'),
  });
  expect(coverage).toHaveLength(20_002);
  expect(coverage.slice(-2)).toEqual([
    { what: 'version of the API server', status: 'timeout', command: 'kubectl get --raw /version' },
    { what: 'further commands', status: 'cut', detail: '3 more succeeded and are not listed' },
  ]);
});
