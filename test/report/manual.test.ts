import { describe, expect, test } from 'vitest';
import { builtinCatalogue } from '../../src/catalogue/catalogue.ts';
import type { Classifier } from '../../src/classifier.ts';
import { toManualPage, toManualText } from '../../src/report/manual.ts';

const notFound: Classifier = {
  id: 'image/not-found',
  by: 'text',
  title: 'Image is not in the registry',
  stage: 'container runtime',
  severity: 'high',
  cause: 'The registry {{culprit}} has no such image.',
  fix: [
    'Look: `skopeo list-tags docker://{{registry}}/cart`',
    { k3s: 'Restart `k3s`', rke2: 'Restart `rke2-server`' },
  ],
  tellApart: 'A refused login says `denied`.',
  causedBy: [{ classes: ['node/disk-pressure'], by: 'node' }],
  detect: { in: ['event'], any: ['not found'] },
  examples: { hit: ['Failed to pull image "cart:2": not found'], miss: ['configmap "cart" not found'] },
};

describe('the manual page of a class', () => {
  test('says why, what to do for each distribution, what it is told apart from, and an example', () => {
    expect(toManualPage(notFound)).toMatchInlineSnapshot(`
      "# Image is not in the registry

      \`image/not-found\` · ▲ high · stage: container runtime

      ## Why

      The registry \\<culprit\\> has no such image.

      ## What to do

      1. Look: \`skopeo list-tags docker://<registry>/cart\`
      2. On k3s: Restart \`k3s\`
      3. On RKE2: Restart \`rke2-server\`

      ## Told apart

      A refused login says \`denied\`.

      ## May follow from

      node/disk-pressure \\(by node\\)

      ## Judged by

      texts of event

      ## For example

      \`\`\`text
      Failed to pull image "cart:2": not found
      \`\`\`
      "
    `);
  });

  test('is text for a terminal too', () => {
    expect(toManualText(notFound, { width: 72 })).toMatchInlineSnapshot(`
      "▲ high Image is not in the registry
        class    image/not-found
        stage    container runtime
        why      The registry <culprit> has no such image.
        do       1. Look: \`skopeo list-tags docker://<registry>/cart\`
                 2. On k3s: Restart \`k3s\`
                 3. On RKE2: Restart \`rke2-server\`
        apart    A refused login says \`denied\`.
        from     node/disk-pressure (by node)
        judged   texts of event
        e.g.     Failed to pull image "cart:2": not found
      "
    `);
  });

  test('can be made of every class that there is', () => {
    for (const classifier of builtinCatalogue().classes) {
      const page = toManualPage(classifier);
      expect(page, classifier.id).toMatch(/^# .+\n\n`[a-z-]+\/[a-z0-9-]+` · . \w+ · stage: /);
      expect(page, classifier.id).toContain('## What to do');
      expect(page, classifier.id).not.toMatch(/\{\{|undefined/);
      expect(toManualText(classifier), classifier.id).not.toMatch(/\{\{|undefined/);
    }
  });
});
