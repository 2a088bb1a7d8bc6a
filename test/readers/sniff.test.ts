import { expect, test } from 'vitest';
import { contentOf } from '../../src/readers/sniff.ts';
import { isNoAnswer, isNoLog, statusOfError } from '../../src/readers/tool-errors.ts';

test.each([
  ['objects', '{\n  "apiVersion": "v1",\n  "items": []\n}'],
  ['objects', '[\n {"metadata": {"name": "cart-0"}}\n]'],
  ['objects', '{\n    "selfLink": "/api/v1/nodes",\n    "Items": []'],
  ['objects', '---\napiVersion: v1\nitems:\n- kind: Pod\n'],
  ['objects', '\uFEFF# written by hand\nkind: List\n'],
  ['printed', 'Name:         cart-0\nNamespace:    shop\n'],
  ['printed', 'NAME     READY   STATUS    RESTARTS   AGE\ncart-0   1/1     Running   0          5m\n'],
  [
    'printed',
    'LAST SEEN   TYPE      REASON    OBJECT       MESSAGE\n5m          Warning   BackOff   pod/cart-0   Back-off\n',
  ],
  ['printed', '[root@server1 ~]# kubectl get pods\nNAME READY\n'],
  ['printed', 'some words before\n\nuser@host:~$ kubectl logs -n shop cart-0\npanic: boom\n'],
  [
    'printed',
    '{"tool": "kubectl_describe"}\n{"params": {}}\nstdout:\nName:         cart-0\nNamespace:    shop\n',
  ],
  ['dump', '==== START logs for container cart of pod shop/cart-0 ====\n'],
  ['log', '2026-11-22T12:00:00Z starting\n2026-11-22T12:00:01Z ready\n'],
  ['log', '{"level":"info","msg":"starting"}\n{"level":"error","msg":"no database"}\n'],
  ['log', 'E1122 12:00:00.000000       1 main.go:7] no database\n'],
  [
    'journal',
    'Nov 22 12:00:00 server1 kubelet[812]: I1122 12:00:00 started\nNov 22 12:00:01 server1 kubelet[812]: more\n',
  ],
  ['errors', 'Error from server (Forbidden): pods is forbidden: User "x" cannot list resource "pods"\n'],
  ['records', '{"status": "ok", "count": 3}'],
  ['page', '<!DOCTYPE html><html></html>'],
  ['archive', 'PK\u0003\u0004xx'],
  ['binary', 'abc\0def'],
  ['nothing', ' \n'],
  ['text', 'tags: latest\nall is well\n'],
])('%s: %j', (content, head) => {
  expect(contentOf(head, 'somewhere/file.txt')).toBe(content);
});

test('a text without any mark is a log where its name says so', () => {
  expect(contentOf('started\n', 'b/cart-0.log')).toBe('log');
  expect(contentOf('started\n', 'b/logs/cart-0')).toBe('log');
  expect(contentOf('started\n', 'b/notes.txt')).toBe('text');
});

test.each([
  'Request log error: an error on the server ("unknown") has prevented the request from succeeding (get pods cart-0)',
  'unable to retrieve container logs for containerd://8a3fce3a7f032e28',
  'Error from server (BadRequest): previous terminated container "cart" in pod "cart-0" not found',
  'container "cart" in pod "cart-0" is waiting to start: PodInitializing',
  `container "cart" in pod "cart-0" is waiting to start: image can't be pulled`,
])('this is no log: %s', (line) => {
  expect(isNoLog(`${line}\n`)).toBe(true);
});

test.each([
  'Error: report template not found',
  'sh: ./run.sh: not found',
  'error: no database',
  '2026-11-22T12:00:00Z unable to retrieve container logs for containerd://8a3f',
  'starting\nunable to retrieve container logs for containerd://8a3f',
  '',
])('this is a log: %j', (text) => {
  expect(isNoLog(text)).toBe(false);
});

test('how a try ended follows from what was said', () => {
  expect(statusOfError('pods is forbidden: User "x" cannot list resource')).toBe('forbidden');
  expect(statusOfError('insufficient RBAC permissions')).toBe('forbidden');
  expect(statusOfError('context deadline exceeded')).toBe('timeout');
  expect(statusOfError('unexpected EOF')).toBe('cut');
  expect(statusOfError('container "c" in pod "p" is waiting to start: PodInitializing')).toBe('absent');
  expect(statusOfError('something else')).toBe('error');
  expect(isNoAnswer('error: Metrics API not available\n')).toBe(true);
  expect(isNoAnswer('No resources found in shop namespace.\n')).toBe(true);
});
