import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import type { Report } from '../model/report.ts';
import { LIMITS, MAX_BYTES } from './limits.ts';
import { incidentMarkdown, summaryMarkdown } from './markdown.ts';
import type { RenderOptions } from './options.ts';
import { report as page, partials } from './templates.generated.ts';
import { toView, type View } from './view.ts';

/** One self-contained page: evidence is shortened until it fits `maxBytes`, findings never go. */
export function toHtml(report: Report, options: RenderOptions = {}): string {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  let html = '';
  for (const limits of LIMITS) {
    html = renderPage(toView(report, options, limits));
    if (Buffer.byteLength(html) <= maxBytes) break;
  }
  return html;
}

/** Our own instance: nothing that another module registers is seen here. The package has no types for its runtime. */
const handlebars = (runtime as unknown as typeof Handlebars).create();
for (const [name, partial] of Object.entries(partials))
  handlebars.registerPartial(name, handlebars.template(partial));
handlebars.registerHelper('markdown', incidentMarkdown);
handlebars.registerHelper('summary', summaryMarkdown);
const renderPage: (view: View) => string = handlebars.template(page);
