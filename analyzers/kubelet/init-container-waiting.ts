import { defineClassifier } from '../../src/classifier.ts';
import type { Log, LogEnds } from '../../src/model/cluster.ts';
import type { ContainerFact } from '../../src/model/containers.ts';
import { type Evidence, fieldEvidence, lineEvidence } from '../../src/model/evidence.ts';
import { refOf, refTo } from '../../src/model/ref.ts';
import { formatDuration, parseTime } from '../../src/model/time.ts';

/** A wait shorter than this is what init containers are for. */
const PATIENCE = 120_000;
const LOOP = /\b(?:until|while)\b/;
const TRIES =
  /\b(?:nslookup|nc|ncat|wget|curl|dig|getent|ping|pg_isready|mysqladmin|redis-cli|kubectl|sleep)\b|wait-for|wait4|dockerize/;
const TARGET =
  /(?:nslookup|getent hosts|nc(?: -\w+)*|ncat(?: -\w+)*|pg_isready[^;|&]*? -h|redis-cli[^;|&]*? -h|ping(?: -\w+ ?\d*)*|(?:wget|curl)[^;|&]*?\bhttps?:\/\/|wait-for(?:-it)?(?:\.sh)?|-wait (?:tcp|https?):\/\/)[ =]?([a-z0-9][a-z0-9.-]*[a-z0-9])(?:[ :](\d{2,5})(?![\d.]))?/i;

export default defineClassifier({
  title: 'Init container waits for something that does not come',
  stage: 'kubelet',
  severity: 'high',
  cause:
    'Init container {{container}} waits in a loop for {{target}} and has not seen it for {{span}}. The containers of the pod start only when it ends.',
  fix: [
    'Look what it says: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --tail=20`.',
    'Mend what it waits for: is {{target}} right, does it resolve, does its Service have ready pods (`kubectl get endpointslices -A`)?',
    'Give the wait an end (`timeout 300 …`), so that the pod fails with a message and is tried again instead of waiting for ever.',
  ],
  tellApart:
    'A long migration also runs for long; this needs a loop in the command or a log that repeats itself.',
  needs: ['containers'],
  causedBy: [{ classes: ['*'], by: 'address' }],
  *detect({ containers, joins, time }) {
    for (const container of containers) {
      const { pod, name, role, state, status, statusPath } = container;
      if (role !== 'init' || state !== 'running' || pod.metadata.deletionTimestamp) continue;
      const started = parseTime(status?.state.running?.startedAt);
      if (started === undefined || time === undefined || time - started < PATIENCE) continue;
      const wait = waitOf(container, joins.logsOf(pod, name));
      if (!wait) continue;
      const span = formatDuration((time - started) / 1000);
      yield {
        subject: refOf(pod),
        container: name,
        culprit: wait.target ? refTo('Host', undefined, wait.target) : undefined,
        message: `init container ${name} has been waiting for ${wait.target ?? 'something'} for ${span}${wait.said ? `, last saying: ${wait.said}` : ''}`,
        evidence: [
          fieldEvidence(
            pod.origin,
            `${statusPath}.state.running`,
            `running since ${status?.state.running?.startedAt ?? ''}`,
          ),
          ...wait.evidence,
        ],
        values: { target: wait.target ?? 'what its command asks for', span },
        first: started,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'a loop asks for a database name that does not resolve',
        objects: `
kind: Pod
metadata: { name: reporting-5f79d68885-4dmpt, namespace: data }
spec:
  nodeName: server1
  initContainers: [{ name: wait-for-db, image: reg.local/busybox, command: [sh, -c, 'until nslookup db.example.com 127.0.0.1; do echo waiting for db; sleep 2; done;'] }]
  containers: [{ name: reporting, image: reg.local/reporting }]
status:
  phase: Pending
  initContainerStatuses: [{ name: wait-for-db, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:04:31Z' } } }]
  containerStatuses: [{ name: reporting, ready: false, restartCount: 0, state: { waiting: { reason: PodInitializing } } }]
`,
        files: {
          'logs/data/reporting-5f79d68885-4dmpt/wait-for-db.log':
            "2026-11-22T11:59:55.036337191Z nslookup: write to '127.0.0.1': Connection refused\n2026-11-22T11:59:55.036391982Z ;; connection timed out; no servers could be reached\n2026-11-22T11:59:55.036397330Z waiting for db\n",
        },
      },
      {
        about: 'the command stands in the image, and the log repeats itself',
        objects: `
kind: Pod
metadata: { name: cart-1, namespace: shop }
spec:
  nodeName: server1
  initContainers: [{ name: wait, image: reg.local/wait-for-mq }]
  containers: [{ name: cart, image: reg.local/cart }]
status:
  phase: Pending
  initContainerStatuses: [{ name: wait, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:04:31Z' } } }]
`,
        files: {
          'logs/shop/cart-1/wait.log': Array.from(
            { length: 6 },
            (_, index) => `2026-11-22T11:5${index}:00.000000000Z queue is not ready yet, try ${index}\n`,
          ).join(''),
        },
      },
    ],
    miss: [
      {
        about: 'a migration works its way through the tables',
        objects: `
kind: Pod
metadata: { name: cart-1, namespace: shop }
spec:
  nodeName: server1
  initContainers: [{ name: migrate, image: reg.local/cart, command: [migrate, up] }]
  containers: [{ name: cart, image: reg.local/cart }]
status:
  phase: Pending
  initContainerStatuses: [{ name: migrate, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:04:31Z' } } }]
`,
        files: {
          'logs/shop/cart-1/migrate.log': ['orders', 'customers', 'items', 'prices', 'stock']
            .map((table, index) => `2026-11-22T11:5${index}:00.000000000Z migrating table ${table}\n`)
            .join(''),
        },
      },
      {
        about: 'the wait began a minute ago',
        objects: `
kind: Pod
metadata: { name: cart-1, namespace: shop }
spec:
  nodeName: server1
  initContainers: [{ name: wait-for-db, image: reg.local/busybox, command: [sh, -c, 'until nc -z db 5432; do sleep 2; done;'] }]
  containers: [{ name: cart, image: reg.local/cart }]
status:
  phase: Pending
  initContainerStatuses: [{ name: wait-for-db, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:59:10Z' } } }]
`,
      },
    ],
  },
});

type Wait = {
  readonly target: string | undefined;
  readonly said: string | undefined;
  readonly evidence: readonly Evidence[];
};

/** What a container waits for: its command is a loop of tries, or its log says the same again and again. */
function waitOf({ pod, spec, specPath }: ContainerFact, logs: readonly Log[]): Wait | undefined {
  const command = [...(spec?.command ?? []), ...(spec?.args ?? [])].join(' ');
  const log = logs.at(-1);
  const last = log?.ends
    .tail()
    .filter(({ text }) => text.trim() !== '')
    .at(-1);
  const loops = TRIES.test(command) && (LOOP.test(command) || /wait-for|wait4|-wait /.test(command));
  if (!loops && !(log && repeats(log.ends))) return undefined;
  const [, host, port] = TARGET.exec(command) ?? [];
  const target = host && (port ? `${host}:${port}` : host);
  return {
    target: target || undefined,
    said: last?.text.trim(),
    evidence: [
      ...(loops ? [fieldEvidence(pod.origin, `${specPath}.command`, command.slice(0, 500))] : []),
      ...(log && last ? [lineEvidence(log.file, last)] : []),
    ],
  };
}

/** Whether the last lines of a log are few texts over and over, numbers aside. */
function repeats(ends: LogEnds): boolean {
  const texts = ends
    .tail()
    .slice(-20)
    .map(({ text }) => text.replace(/\d+/g, '0').trim());
  return texts.length >= 5 && new Set(texts).size <= texts.length / 3;
}
