import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recordedContent } from '../support/api-server-recording.ts';
import { unpackRecording } from '../support/shells.ts';
import { collectWith } from './harness.ts';

const CACHE = new URL('../../node_modules/.cache/kubectl', import.meta.url).pathname;

test.for(['1.20', '1.25', '1.30', '1.35'])(
  '51: kubectl %s collects the same',
  { timeout: 120_000 },
  async (version, context) => {
    const kubectl = `${CACHE}/${version}/kubectl`;
    if (!existsSync(kubectl)) {
      const missing = `kubectl ${version} is missing: node test/support/fetch-binaries.mjs fetches it`;
      if (process.env.CI === 'true') throw new Error(missing);
      context.skip(missing);
    }
    const run = await collectWith({
      content: recordedContent(unpackRecording('small')),
      env: { KUBECTL: kubectl },
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
