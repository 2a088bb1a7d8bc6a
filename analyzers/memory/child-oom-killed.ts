import { defineClassifier } from '../../src/classifier.ts';
import { oomEndings } from '../../src/model/memory.ts';

export default defineClassifier({
  title: 'A child process is killed for using up the memory',
  stage: 'kernel',
  severity: 'medium',
  cause:
    'A process that the main program of {{container}} had started (a worker, a shell command) used up the memory limit ({{limit}}), and the kernel killed that one only. The main process lives on, or ends by itself with another code than 137.',
  fix: [
    'Look what was killed: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=50`, and on node {{node}} `journalctl -k --since -1h | grep -iE "oom|killed process"`.',
    'Raise the limit: `kubectl -n {{namespace}} set resources {{workload}} -c {{container}} --limits=memory=<more than {{limit}}>`, or start fewer workers.',
  ],
  tellApart: 'With code 137 the main process itself was killed: memory/oom-killed.',
  yieldsTo: ['memory/oom-killed'],
  needs: ['containers', 'signals'],
  lines: [
    'Perhaps out of memory\\?',
    'server process \\(PID \\d+\\) was terminated by signal 9',
    '[Ww]orker[^\\n]{0,80}(?:SIGKILL|signal 9|exited with code 137|code 137)',
  ],
  *detect({ containers, signals, time }) {
    for (const { fact, limit, ...ending } of oomEndings(containers, time)) {
      const code = fact.ended?.exitCode;
      // With code 137 the main process itself was killed.
      if (code === undefined || code === 137) continue;
      const message = `a child process in container ${fact.name} was killed at the memory limit${limit ? ` of ${limit}` : ''}; the main process then ended with exit code ${code}`;
      yield { ...ending, message };
    }
    for (const { place, classifier, object, container, text, evidence, first, last } of signals)
      if (place === 'log' && classifier === 'memory/child-oom-killed')
        yield { subject: object, container, message: text, evidence: [evidence], first, last };
  },
  examples: {
    hit: [
      {
        about: 'a batch ends with 1 after its worker was killed',
        objects: `
kind: Pod
metadata: { name: settlement-857c97589-mqs5r, namespace: payments }
spec: { containers: [{ name: settlement, image: reg.local/settlement, resources: { limits: { memory: 32Mi } } }] }
status:
  phase: Running
  containerStatuses:
    - name: settlement
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 1, reason: OOMKilled, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
      {
        about: 'an init container ends with 0 and counts as killed',
        objects: `
kind: Pod
metadata: { name: loader-0, namespace: payments }
spec: { initContainers: [{ name: load, image: reg.local/load }], containers: [{ name: app, image: reg.local/app }] }
status:
  phase: Pending
  initContainerStatuses:
    - { name: load, restartCount: 1, state: { terminated: { exitCode: 0, reason: OOMKilled, finishedAt: '2026-11-22T11:58:00Z' } } }
`,
      },
      {
        about: 'a web server loses its workers and is not ready',
        objects: `
kind: Pod
metadata: { name: web-0, namespace: shop }
spec: { containers: [{ name: web, image: reg.local/web }] }
status:
  phase: Running
  containerStatuses:
    - { name: web, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T09:00:00Z' } } }
`,
        files: {
          'logs/shop/web-0/web.log':
            '2026-11-22T11:58:00.1Z [2026-11-22 11:58:00 +0000] [1] [ERROR] Worker (pid:7) was sent SIGKILL! Perhaps out of memory?\n',
        },
      },
    ],
    miss: [
      {
        about: 'the main process was killed',
        objects: `
kind: Pod
metadata: { name: settlement-0, namespace: payments }
spec: { containers: [{ name: settlement, image: reg.local/settlement }] }
status:
  phase: Running
  containerStatuses:
    - name: settlement
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: OOMKilled, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
  },
});
