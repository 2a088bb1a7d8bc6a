import { type Detection, defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { type Evidence, fieldEvidence } from '../../src/model/evidence.ts';
import { type Ref, refKey, refOf, refTo } from '../../src/model/ref.ts';
import type { Signal } from '../../src/model/signal.ts';

const MISSING = /storageclass(?:\.storage\.k8s\.io)? "([^"]+)" not found/;

export default defineClassifier({
  title: 'StorageClass of the claim does not exist',
  stage: 'storage',
  severity: 'high',
  cause:
    'The claim asks for StorageClass {{culprit}}, which the cluster does not have, so no volume is ever made. Charts often carry the class of a cloud (`gp2`, `standard`) or of a storage system that is not installed here.',
  fix: [
    'Look which classes there are: `kubectl get storageclass`. In this cluster: {{classes}}.',
    'Set the class in the values of the chart to one of these; the class of a claim cannot be changed, so delete the empty claim first: `kubectl -n {{namespace}} delete pvc {{name}}`.',
    'Or install the storage system that brings {{culprit}}.',
  ],
  tellApart: 'Without any class and without a default one it is claim/no-storageclass.',
  needs: ['signals'],
  uses: ['persistentvolumeclaims'],
  *detect({ persistentvolumeclaims, signals, joins }) {
    const said = new Map<string, Signal>();
    for (const signal of signals)
      if (signal.object.kind === 'PersistentVolumeClaim' && MISSING.test(signal.text))
        said.set(refKey(signal.object), signal);
    const find = (name: string) => joins.find('storageclasses', undefined, name);
    const known = joins.inNamespace('storageclasses', undefined).map(({ metadata }) => metadata.name);
    const classes = joins.knowsAll('storageclasses') ? known.join(', ') || 'none' : 'not collected';
    for (const claim of persistentvolumeclaims) {
      const subject = refOf(claim);
      const signal = said.get(refKey(subject));
      const missing = missingClass(claim, find, signal);
      if (missing === undefined) continue;
      yield detection(subject, missing, classes, specEvidence(claim, missing), signal);
    }
    for (const signal of said.values()) {
      const { namespace, name } = signal.object;
      const missing = MISSING.exec(signal.text)?.[1] ?? '';
      // Where claims were not collected, their events still tell.
      if (joins.find('persistentvolumeclaims', namespace, name) !== 'unknown') continue;
      if (typeof find(missing) === 'string')
        yield detection(signal.object, missing, classes, signal.evidence, signal);
    }
  },
  examples: {
    hit: [
      {
        about: 'the class of a claim was never installed, and the controller says so',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: pgdata, namespace: data }
spec: { storageClassName: longhorn, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
status: { phase: Pending }
---
kind: Event
metadata: { name: pgdata.1, namespace: data }
type: Warning
reason: ProvisioningFailed
message: 'storageclass.storage.k8s.io "longhorn" not found'
involvedObject: { kind: PersistentVolumeClaim, namespace: data, name: pgdata }
count: 26
`,
      },
      {
        about: 'the events have expired',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec: { storageClassName: gp2 }
status: { phase: Pending }
---
kind: StorageClass
metadata: { name: local-path }
provisioner: rancher.io/local-path
`,
      },
    ],
    miss: [
      {
        about: 'a static volume is bound by a class name that no object has',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec: { storageClassName: manual, volumeName: uploads }
status: { phase: Bound }
`,
      },
      {
        about: 'the claim waits for its first consumer',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec: { storageClassName: local-path }
status: { phase: Pending }
---
kind: StorageClass
metadata: { name: local-path }
provisioner: rancher.io/local-path
volumeBindingMode: WaitForFirstConsumer
`,
      },
    ],
  },
});

function detection(
  subject: Ref,
  missing: string,
  classes: string,
  evidence: Evidence,
  signal: Signal | undefined,
): Detection {
  const said = signal && signal.evidence !== evidence ? [signal.evidence] : [];
  return {
    subject,
    culprit: refTo('StorageClass', undefined, missing),
    message: `wants StorageClass ${missing}, which does not exist`,
    evidence: [evidence, ...said],
    values: { classes },
    first: signal?.first,
    last: signal?.last,
  };
}

/** The class that a waiting claim asks for and that is known to be missing. */
function missingClass(
  { spec, status }: Of<'persistentvolumeclaims'>,
  find: (name: string) => Of<'storageclasses'> | 'absent' | 'unknown',
  signal: Signal | undefined,
): string | undefined {
  if (status.phase !== 'Pending' || spec.volumeName) return undefined;
  const said = signal && MISSING.exec(signal.text)?.[1];
  if (said && typeof find(said) === 'string') return said;
  const wanted = spec.storageClassName;
  return wanted && find(wanted) === 'absent' ? wanted : undefined;
}

function specEvidence(claim: Of<'persistentvolumeclaims'>, missing: string): Evidence {
  return fieldEvidence(
    claim.origin,
    'spec.storageClassName',
    `storageClassName: ${claim.spec.storageClassName ?? missing}`,
  );
}
