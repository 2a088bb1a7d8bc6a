import { expect, test } from 'vitest';
import { recordedContent } from '../support/api-server-recording.ts';
import { fetched, unpackRecording } from '../support/shells.ts';
import { collectWith } from './harness.ts';

test.for(['1.20', '1.25', '1.30', '1.35'])(
  '51: kubectl %s collects the same',
  { timeout: 120_000 },
  async (version, context) => {
    const run = await collectWith({
      content: recordedContent(unpackRecording('small')),
      env: { KUBECTL: fetched(context, 'kubectl', version) },
    });
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 0 });
    const bundle = run.bundle();
    expect(bundle.files.get('about.txt')?.toString()).toContain(`kubectl=v${version}.`);
    expect(bundle.ledger.filter((row) => row.class !== 'ok').map((row) => row.argv)).toEqual([
      'kubectl get --raw /apis/helm.cattle.io/v1/helmcharts',
    ]);
    expect(bundle.files.get('describe/payments/pods.txt')?.toString()).toContain(
      'Back-off restarting failed container',
    );
    expect(bundle.files.has('logs/payments/billing-59c7b9d966-w7cdc/billing.previous.log')).toBe(true);
  },
);
