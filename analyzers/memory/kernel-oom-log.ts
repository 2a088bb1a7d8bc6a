import { type Detection, defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { refOf } from '../../src/model/ref.ts';
import type { Signal } from '../../src/model/signal.ts';

/** The control group names the pod by its uid, with underscores where systemd makes them. */
const POD =
  /(?:task_memcg|oom_memcg|Task in|Memory cgroup stats for)[= ]\S*?pod([0-9a-f]{8}[-_][0-9a-f_-]{27})/;
const WHOLE_NODE = /CONSTRAINT_NONE|^(?:\S+ ){0,6}Out of memory: Kill/m;
const VICTIM = /(?:[Kk]ill(?:ed)? process \d+ \(([^)]+)\)|,task=([^,]+),)/;
const INVOKED =
  /(?:kernel: |\d\] |^)([^\n]{1,40}?) invoked oom-killer:(?:[^\n]{0,200}oom_score_adj=(-?\d+))?/m;
const DAY = 86_400_000;

function victimOf(text: string): string {
  const [, killed, task] = VICTIM.exec(text) ?? [];
  return killed ?? task ?? 'a process';
}

/** The pod whose control group the line names: the kernel killed within its limit. */
function inPod(
  { text, evidence, last }: Signal,
  pods: ReadonlyMap<string, Of<'pods'>>,
): Detection | undefined {
  const pod = pods.get(POD.exec(text)?.[1]?.replaceAll('_', '-') ?? '');
  if (!pod) return undefined;
  return {
    subject: refOf(pod),
    message: `the kernel killed ${victimOf(text)} at the memory limit of the pod or one of its containers`,
    evidence: [evidence],
    values: { where: 'at a memory limit of the pod' },
    last,
  };
}

function onNode({ object, text, evidence, last }: Signal): Detection {
  return {
    subject: object,
    message: `the kernel killed ${victimOf(text)} because the whole node ran out of memory`,
    evidence: [evidence],
    severity: 'critical',
    values: { where: 'because the whole node had none left' },
    last,
  };
}

/** The report of a kill begins so; whom it hit, and at which limit, stands in the lines after it. */
function isFollowed({ object }: Signal, signals: readonly Signal[]): boolean {
  return signals.some(
    ({ place, object: other, text }) =>
      place === 'journal' && other.name === object.name && (POD.test(text) || VICTIM.test(text)),
  );
}

function begun({ object, text, evidence, last }: Signal): Detection {
  const [, asked = 'a process', score] = INVOKED.exec(text) ?? [];
  const whose = score === undefined || score === '0' ? '' : `, oom_score_adj ${score}`;
  return {
    subject: object,
    message: `the kernel looked for a process to kill when ${asked} asked for memory${whose}; the rest of its report is not in the journal`,
    evidence: [evidence],
    severity: 'low',
    values: { where: 'at a limit that the rest of the report would tell' },
    last,
  };
}

export default defineClassifier({
  title: 'Kernel kills processes for lack of memory',
  stage: 'kernel',
  severity: 'high',
  cause: 'The log of the kernel says that it killed a process {{where}}.',
  fix: [
    'Look at the whole report: `journalctl -k --since -2h | grep -B2 -A40 "invoked oom-killer"` on the node.',
    'At the limit of a pod: raise `limits.memory`, or let the program use less. On the whole node: give pods limits and requests near what they use, and keep memory back for the system (`system-reserved`, `kube-reserved`).',
  ],
  tellApart:
    '`CONSTRAINT_MEMCG` is the limit of a container or pod, `CONSTRAINT_NONE` the node as a whole. A container whose state says OOMKilled is told as memory/oom-killed.',
  yieldsTo: ['memory/oom-killed', 'memory/child-oom-killed', 'memory/node-oom'],
  needs: ['signals', 'pods'],
  lines: [
    'oom-kill:constraint=CONSTRAINT_(?:MEMCG|NONE)',
    '(?:Memory cgroup o|O)ut of memory: Kill(?:ed)? process',
    'killed as a result of limit of',
    'invoked oom-killer: gfp_mask',
  ],
  *detect({ signals, pods, time }) {
    const byUid = new Map(pods.map((pod) => [pod.metadata.uid ?? '', pod]));
    for (const signal of signals) {
      if (signal.place !== 'journal' || signal.classifier !== 'memory/kernel-oom-log') continue;
      if (time !== undefined && signal.last !== undefined && time - signal.last > DAY) continue;
      const found = inPod(signal, byUid) ?? (WHOLE_NODE.test(signal.text) ? onNode(signal) : undefined);
      if (found) yield found;
      else if (INVOKED.test(signal.text) && !isFollowed(signal, signals)) yield begun(signal);
    }
  },
  examples: {
    hit: [
      {
        about: 'the control group is that of a pod',
        objects: `
kind: Pod
metadata: { name: settlement-0, namespace: payments, uid: 29fb7e0b-2598-4a9e-8e6f-4aaf99046281 }
spec: { nodeName: server1, containers: [{ name: settlement, image: reg.local/settlement }] }
status:
  phase: Running
  containerStatuses: [{ name: settlement, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T09:00:00Z' } } }]
`,
        files: {
          'nodes/server1/journal.log':
            'Nov 22 11:58:00 server1 kernel: oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=2a68,mems_allowed=0,oom_memcg=/kubepods/burstable/pod29fb7e0b-2598-4a9e-8e6f-4aaf99046281,task_memcg=/kubepods/burstable/pod29fb7e0b-2598-4a9e-8e6f-4aaf99046281/2a68,task=tail,pid=8050,uid=0\n',
        },
      },
      {
        about: 'the whole node had no memory left',
        files: {
          'nodes/server1/journal.log':
            'Nov 22 11:58:00 server1 kernel: oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/etcd.service,task=etcd,pid=1050,uid=0\n',
        },
      },
      {
        about: 'only the first line of the report is in the journal',
        files: {
          'nodes/server1/journal.log':
            'Nov 22 11:58:00 server1 kernel: [580439.225918] JIT Compilation invoked oom-killer: gfp_mask=0x24000c0, order=0, oom_score_adj=952\n',
        },
      },
    ],
    miss: [
      {
        about: 'the rest of the report names a pod that is gone',
        files: {
          'nodes/server1/journal.log':
            'Nov 22 11:58:00 server1 kernel: runc:[2:INIT] invoked oom-killer: gfp_mask=0x24000c0, order=0, oom_score_adj=998\nNov 22 11:58:00 server1 kernel: Memory cgroup out of memory: Killed process 8050 (tail) total-vm:1044kB, anon-rss:512kB\n',
        },
      },
      {
        about: 'the pod of the control group is gone',
        files: {
          'nodes/server1/journal.log':
            'Nov 22 11:58:00 server1 kernel: oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=2a68,mems_allowed=0,oom_memcg=/kubepods/burstable/pod29fb7e0b-2598-4a9e-8e6f-4aaf99046281,task_memcg=/kubepods/burstable/pod29fb7e0b-2598-4a9e-8e6f-4aaf99046281/2a68,task=tail,pid=8050,uid=0\n',
        },
      },
    ],
  },
});
