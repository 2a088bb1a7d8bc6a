import { expect, it } from 'vitest';
import { judge } from '../../src/engine/judge.ts';
import { redactReport } from '../../src/redact/report.ts';
import { FORMATS, type Format } from '../../src/report/index.ts';
import { CATALOGUE, clusterOfFiles } from '../support/cluster.ts';
import { casesOf, leaks, plant } from './canaries.ts';

const SHAPES = [...casesOf('must-go.txt'), ...casesOf('must-go-analyser.txt')];

/** Secrets where a bundle has texts: in the state of a container, in an event, in what a process said last, in its log. */
function reportWith(texts: readonly string[]) {
  const pods = texts.map((text, at) => ({
    metadata: { name: `cart-${at}`, namespace: 'shop' },
    spec: {
      containers: [{ name: 'cart', image: `reg.local/cart:${at}`, env: [{ name: 'NOTE', value: text }] }],
    },
    status: {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'cart',
          restartCount: 5,
          state: {
            waiting: {
              reason: 'ErrImagePull',
              message: `manifest for reg.local/cart:${at} not found: manifest unknown: ${text}`,
            },
          },
          lastState: { terminated: { exitCode: 1, reason: 'Error', message: `panic: ${text}` } },
        },
      ],
    },
  }));
  const events = texts.map((text, at) => ({
    metadata: { name: `e${at}`, namespace: 'shop' },
    involvedObject: { kind: 'Pod', namespace: 'shop', name: `cart-${at}` },
    type: 'Warning',
    reason: 'Failed',
    message: `Failed to pull image "reg.local/cart:${at}": ${text}`,
  }));
  const logs = texts.map(
    (text, at) =>
      [`logs/shop/cart-${at}/cart.log`, `panic: runtime error\n${text}\npanic: ${text}\n`] as const,
  );
  return judge(
    clusterOfFiles({
      'objects/pods.json': JSON.stringify({ kind: 'PodList', items: pods }),
      'objects/events.json': JSON.stringify({ kind: 'EventList', items: events }),
      ...Object.fromEntries(logs),
    }),
    CATALOGUE,
    '0.0.0',
  );
}

it.each([1, 2, 3])(
  'no format shows a piece of a secret that stands in a foreign bundle, seed %i',
  async (seed) => {
    const canaries = SHAPES.map((shape) => plant(shape, seed));
    const report = reportWith(canaries.map(({ text }) => text));
    const secrets = { text: '', secrets: canaries.flatMap((canary) => canary.secrets) };
    expect(leaks(secrets, JSON.stringify(report)).length).toBeGreaterThan(1000);
    const redacted = redactReport(report);
    for (const format of Object.keys(FORMATS) as Format[]) {
      const toFormat = await FORMATS[format]();
      expect(leaks(secrets, toFormat(redacted, { color: false, width: 100 })), format).toEqual([]);
    }
  },
  120_000,
);
