import { expect, test } from 'vitest';
import { readAbout } from '../../src/readers/about.ts';
import { readLedger } from '../../src/readers/ledger.ts';
import { readTop } from '../../src/readers/top.ts';

test('top nodes is read, and a node that gave no figures has none', () => {
  const { nodes, containers } = readTop(
    `NAME           CPU(cores)   CPU(%)      MEMORY(bytes)   MEMORY(%)   
rke2-server1   1998m        99%         3547Mi          14%         
rke2-agent2    <unknown>    <unknown>   <unknown>       <unknown>   
`,
    'top/nodes.txt',
  );
  expect(nodes).toEqual([
    expect.objectContaining({ node: 'rke2-server1', cpu: 1.998, memory: 3547 * 1024 ** 2 }),
    expect.objectContaining({ node: 'rke2-agent2', cpu: undefined, memory: undefined }),
  ]);
  expect(nodes[0]?.origin).toEqual({ file: 'top/nodes.txt', path: '', lines: new Map([['', 2]]) });
  expect(containers).toEqual([]);
});

test('the headings of older kubectl say CPU%', () => {
  const text =
    'NAME      CPU(cores)   CPU%   MEMORY(bytes)   MEMORY%\nserver1   250m         12%    1024Mi          50%\n';
  expect(readTop(text, 'nodes').nodes).toEqual([expect.objectContaining({ node: 'server1', cpu: 0.25 })]);
});

test('top pods is read with and without containers and namespaces', () => {
  const all = `NAMESPACE   POD      NAME    CPU(cores)   MEMORY(bytes)   
shop        cart-0   cart    50m          58Mi            
shop        cart-0   proxy   1m           3Mi             
`;
  expect(readTop(all, 'top/pods.txt').containers.map(({ pod, container }) => `${pod} ${container}`)).toEqual([
    'cart-0 cart',
    'cart-0 proxy',
  ]);
  const one = 'NAME     CPU(cores)   MEMORY(bytes)\ncart-0   51m          61Mi\n';
  expect(readTop(one, 'top', 'shop').containers).toEqual([
    expect.objectContaining({ namespace: 'shop', pod: 'cart-0', container: '', memory: 61 * 1024 ** 2 }),
  ]);
  expect(readTop('error: Metrics API not available\n', 'top/pods.txt')).toEqual({
    nodes: [],
    containers: [],
  });
});

test('the ledger is read by the names of its columns, with escapes', () => {
  const rows = readLedger(
    `id\tpath\targv\tstart\tms\texit\tbytes\tsha256\tcut\tredactions\tclass
12\tobjects/pods.json\tkubectl get --raw /api/v1/pods\t2026-11-22T13:14:00Z\t213\t0\t41022\tab12\t0\t3\tok
13\t-\tkubectl logs a\\tb\\\\n\\n\t2026-11-22T13:14:01Z\t-\t1\t0\t-\t1\t0\tforbidden
14\t-\tkubectl top nodes\t2026-11-22T13:14:01Z\t5\t1\t0\t-\t0\t0\tsomething new
`,
  );
  expect(rows[0]).toEqual({
    path: 'objects/pods.json',
    argv: 'kubectl get --raw /api/v1/pods',
    start: '2026-11-22T13:14:00Z',
    ms: 213,
    exit: 0,
    sha256: 'ab12',
    cut: false,
    class: 'ok',
    intended: '',
  });
  expect(rows[1]).toMatchObject({
    path: '',
    argv: 'kubectl logs a\tb\\n\n',
    ms: undefined,
    cut: true,
    class: 'forbidden',
  });
  expect(rows[2]?.class).toBe('error');
});

test('a ledger that was cut off keeps its whole rows', () => {
  expect(readLedger('id\tpath\tclass\n1\tobjects/pods.json\tok\n2\tobj')).toMatchObject([
    { path: 'objects/pods.json', class: 'ok' },
    { path: 'obj', class: 'error' },
  ]);
  expect(readLedger('')).toEqual([]);
});

test('about is key=value, and the first of a key counts', () => {
  const about = readAbout('layout=1\ntime=2026-11-22T13:14:00Z\noptions=--out=/tmp\nlayout=9\nnoise\n');
  expect(Object.fromEntries(about)).toEqual({
    layout: '1',
    time: '2026-11-22T13:14:00Z',
    options: '--out=/tmp',
  });
});
