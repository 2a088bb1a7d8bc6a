import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtinCatalogue } from '../../src/catalogue/catalogue.ts';
import type { Classifier } from '../../src/classifier.ts';
import { toManualText } from '../../src/report/manual.ts';
import { toManualPage } from '../../src/report/manual-page.ts';
import { manualPages } from '../../src/report/manual-pages.ts';

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
      2. By distribution:
         - On k3s: Restart \`k3s\`
         - On RKE2: Restart \`rke2-server\`

      ## Told apart

      A refused login says \`denied\`.

      ## Reads

      - messages of events

      ## May follow from

      - \`node/disk-pressure\`, at its node

      ## Examples

      \`\`\`text
      Failed to pull image "cart:2": not found
      \`\`\`

      ## Looks alike and is not

      \`\`\`text
      configmap "cart" not found
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
                 2. By distribution:
                    - On k3s: Restart \`k3s\`
                    - On RKE2: Restart \`rke2-server\`
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
      expect(page.split('## Examples')[0], classifier.id).not.toMatch(/\{\{|undefined/);
      expect(toManualText(classifier), classifier.id).not.toMatch(/\{\{|undefined/);
    }
  });
});

describe('docs/manual', () => {
  const folder = path.resolve('docs/manual');
  const pages = manualPages(builtinCatalogue().classes);

  test('has a page for each class, an index, and nothing else: `npm run manual` makes them', () => {
    const there = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => file.replaceAll(path.sep, '/'));
    expect(there.sort()).toEqual([...pages.keys()].sort());
  });

  test('is not older than the classes: `npm run manual` makes it anew', () => {
    const stale = [...pages].filter(([file, text]) => text !== readFileSync(path.join(folder, file), 'utf8'));
    expect(stale.map(([file]) => file)).toEqual([]);
  });

  test('links only to pages that it has', () => {
    const dead = [...pages].flatMap(([file, text]) =>
      [...text.matchAll(/\]\(([^)#]+\.md)\)/g)]
        .map(([, target = '']) => path.posix.join(path.posix.dirname(file), target))
        .filter((target) => !pages.has(target)),
    );
    expect(dead).toEqual([]);
  });

  test('an example with backticks cannot end its own block', () => {
    const page = toManualPage({
      ...notFound,
      examples: { hit: ['```\n# not a heading'], miss: ['configmap "cart" not found'] },
    });
    expect(page).toContain('````text\n```\n# not a heading\n````');
  });
});
