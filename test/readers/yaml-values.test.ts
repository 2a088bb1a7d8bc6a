import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { withoutValues } from '../../src/readers/yaml-values.ts';

const key = fc.stringMatching(/^[-._a-zA-Z0-9]{1,40}$/);
const value = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[a-z :#'"&*|>%@{}[\]\\,-]{0,40}$/),
  fc
    .array(fc.stringMatching(/^ {0,4}[a-zA-Z :#'"&-]{0,30}$/), { maxLength: 6 })
    .map((lines) => lines.join('\n')),
  fc.stringMatching(/^[a-z ]{60,200}$/),
);
const object = fc.record({
  apiVersion: fc.constant('v1'),
  data: fc.dictionary(key, value, { maxKeys: 6, noNullPrototype: true }),
  kind: fc.constantFrom('ConfigMap', 'Secret'),
  metadata: fc.record({
    name: key,
    annotations: fc.dictionary(key, value, { maxKeys: 2, noNullPrototype: true }),
  }),
});

/** The object as it is to be read: its values do not matter. */
function keyed(read: unknown) {
  const { data, ...others } = read as { data?: Record<string, unknown> };
  return { ...others, keys: Object.keys(data ?? {}) };
}

const WRITERS: Readonly<Record<string, (value: unknown) => string>> = {
  'js-yaml': (written) => dump(written),
  yaml: (written) => stringify(written),
  'yaml, folding at 40': (written) => stringify(written, { lineWidth: 40 }),
};

describe.each(Object.entries(WRITERS))('what %s writes', (_, write) => {
  it('keeps its keys and all that is not data, as a document and as an item', () => {
    fc.assert(
      fc.property(object, (written) => {
        const text = write(written);
        expect(keyed(load(withoutValues(text, written.kind)))).toEqual(keyed(load(text)));
        const item = write([written]);
        expect((load(withoutValues(item, written.kind)) as unknown[]).map(keyed)).toEqual(
          (load(item) as unknown[]).map(keyed),
        );
      }),
      { numRuns: 500 },
    );
  });
});

const CONFIG_MAP = `- apiVersion: v1
  binaryData:
    logo.png: iVBORw0KGgo=
  data:
    Corefile: |
      .:53 {
          forward . /etc/resolv.conf

          data: here
      }
    "on": plain text that
      goes on
    'it''s': |-
      a: b
  kind: ConfigMap
  metadata:
    annotations:
      data: "stays"
    name: coredns
`;

it('leaves out what kubectl writes as values', () => {
  expect(withoutValues(CONFIG_MAP, 'ConfigMap')).toBe(`- apiVersion: v1
  binaryData:
    logo.png: ''
  data:
    Corefile: ''
    "on": ''
    'it''s': ''
  kind: ConfigMap
  metadata:
    annotations:
      data: "stays"
    name: coredns
`);
});

it.each([
  ['another kind', 'Deployment', 'kind: Deployment\ndata:\n  a: b\n'],
  ['an unknown kind', undefined, 'data:\n  a: b\n'],
  ['a text in quotes that goes on where keys stand', 'ConfigMap', 'data:\n  a: "first\n  second: no key"\n'],
  ['an anchor', 'ConfigMap', 'data:\n  a: &same b\nmetadata:\n  name: *same\n'],
  ['an alias', 'ConfigMap', 'metadata:\n  name: &same b\ndata:\n  a: *same\n'],
  ['a key that is merged', 'ConfigMap', 'data:\n  <<: *others\n'],
  ['a long key', 'ConfigMap', 'data:\n  ? a\n  : b\n'],
  ['data of another part', 'ConfigMap', 'kind: ConfigMap\nspec:\n  data:\n    a: b\n'],
  ['a key that stands less deep than those before', 'ConfigMap', 'data:\n    a: b\n  c: d\n'],
  ['a comment where keys stand', 'ConfigMap', 'data:\n  # why\n  a: b\n'],
])('gives back as it is: %s', (_, kind, text) => {
  expect(withoutValues(text, kind)).toBe(text);
});
