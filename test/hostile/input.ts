import { END, member } from '../bundle/hand-made-tar.ts';

/** One thing that somebody might hand to the program. */
export type Hostile = {
  readonly name: string;
  /** Ending of the file. */
  readonly as?: string;
  readonly bytes: () => Buffer;
  /** What the report, or the one line of the error, has to say about it. */
  readonly says?: RegExp;
};

/** A sound Pod that has to be in the report, whatever stands beside it. */
export const SOUND_POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'cart-0', namespace: 'shop' },
  spec: { containers: [{ name: 'cart', image: 'reg.local/cart:1' }] },
  status: {
    phase: 'Pending',
    containerStatuses: [
      {
        name: 'cart',
        ready: false,
        restartCount: 0,
        state: {
          waiting: {
            reason: 'ErrImagePull',
            message: 'manifest for reg.local/cart:1 not found: manifest unknown',
          },
        },
      },
    ],
  },
};

/** A tar of a bundle in our own layout with these files and one sound list of pods. */
export function bundleOf(files: Readonly<Record<string, string>>): Buffer {
  const all = { 'objects/services.json': '{"kind":"ServiceList","items":[]}', ...files };
  return Buffer.concat([
    ...Object.entries(all).map(([path, text]) => member(`casefile-x/${path}`, text)),
    END,
  ]);
}

/** A list of pods as the API gives it. */
export function podList(...items: readonly unknown[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items: [SOUND_POD, ...items] });
}

/** A pod with some of its fields replaced. */
export function pod(over: Readonly<Record<string, unknown>>): unknown {
  return { ...SOUND_POD, ...over };
}
