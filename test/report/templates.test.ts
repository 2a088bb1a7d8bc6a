import Handlebars from 'handlebars';
import { expect, test } from 'vitest';
import { BARE, LEAN } from '../../src/report/limits.ts';
import { incidentViews, toSource } from '../../src/report/source.ts';
import { partials, report } from '../../src/report/templates.generated.ts';
import { toView } from '../../src/report/view.ts';
import { shopReport } from './fixtures/shop-report.ts';

/** An object whose fields can only be read when it has them, so that a misspelt `{{#if}}` is found. */
function guarded<T>(value: T, path: string, missing: Set<string>): T {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, name) {
      const field: unknown = Reflect.get(target, name);
      if (typeof name === 'symbol' || Object.hasOwn(target, name))
        return guarded(field, `${path}.${name.toString()}`, missing);
      if (!(name in target) && !INNER.has(name)) missing.add(`${path}.${name}`);
      return field;
    },
  });
}

/** What the runtime itself asks of a value. */
const INNER = new Set(['toHTML', 'then', 'string', 'hash', 'fn']);

test('a name that the view does not have is found, also in a condition', () => {
  const missing = new Set<string>();
  Handlebars.compile('{{#if misspelt}}x{{/if}}{{#each rows}}{{nmae}}{{/each}}')(
    guarded({ rows: [{ name: 'cart' }] }, 'view', missing),
  );
  expect([...missing]).toEqual(['view.misspelt', 'view.rows.0.nmae']);
});

test('templates ask only for what the view has', () => {
  const missing = new Set<string>();
  const handlebars = Handlebars.create();
  for (const [name, partial] of Object.entries(partials))
    handlebars.registerPartial(name, handlebars.template(partial));
  handlebars.registerHelper('markdown', () => '');
  const source = toSource(shopReport);
  for (const view of [
    toView(source, { before: shopReport, embed: true }),
    toView(source, {}, incidentViews(source, LEAN)),
    toView(source, {}, incidentViews(source, BARE)),
  ])
    handlebars.template(report)(
      guarded(
        {
          ...view,
          summary: '',
          leanCount: 0,
          incidentBatches: [{ far: true, incidents: view.incidents }],
          riskBatches: [{ far: false, incidents: view.risks }],
        },
        'view',
        missing,
      ),
    );
  expect([...missing]).toEqual([]);
});
