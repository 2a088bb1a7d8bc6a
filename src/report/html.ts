import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import type { Report } from '../model/report.ts';
import { FULL, LEAN, MAX_BYTES, ROWS, SHORT } from './limits.ts';
import { incidentMarkdown, summaryMarkdown } from './markdown.ts';
import type { RenderOptions } from './options.ts';
import { incidentView, type Source, toSource } from './source.ts';
import { report as pageTemplate, partials } from './templates.generated.ts';
import type { IncidentView } from './view/incident.ts';
import { isFailure, toView, type View } from './view.ts';

/** What the page shows: the view, and the whole as Markdown to be copied. */
type Page = View & { readonly summary: string; readonly leanCount: number };

/** One self-contained page: evidence is shortened until it fits `maxBytes`, findings never go. */
export function toHtml(report: Report, options: RenderOptions = {}): string {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const source = toSource(report);
  const frame = fittingFrame(source, options, maxBytes / 2);
  const room = maxBytes - bytesOf(renderPage(withoutIncidents(frame)));
  const incidents = fittingIncidents([...frame.incidents, ...frame.risks], source, room);
  return renderPage({
    ...frame,
    leanCount: incidents.filter(({ lean }) => lean).length,
    incidents: incidents.filter(isFailure),
    risks: incidents.filter((incident) => !isFailure(incident)),
  });
}

/** Everything around the incidents, with as many rows as there is room for, and the incidents in few words. */
function fittingFrame(source: Source, options: RenderOptions, room: number): Page {
  const [most, ...fewer] = ROWS;
  let view = toView(source, options, LEAN, most);
  const summary = summaryMarkdown(view, source);
  for (const rows of fewer) {
    if (bytesOf(renderPage(withoutIncidents({ ...view, summary, leanCount: 1 }))) <= room) break;
    view = toView(source, options, LEAN, rows);
  }
  return { ...view, summary, leanCount: 1 };
}

function withoutIncidents(page: Page): Page {
  return { ...page, incidents: [], risks: [] };
}

/** How many incidents in a row may find no room before the rest is not tried. */
const TRIES = 10;

/** Gives each incident, worst first, as much as there is room for when all that follow stay in few words. */
function fittingIncidents(lean: readonly IncidentView[], source: Source, room: number): IncidentView[] {
  const sizes = lean.map((incident) => bytesOf(renderIncident(incident)));
  let left = room - sizes.reduce((sum, size) => sum + size, 0);
  let misses = 0;
  return lean.map((incident, index) => {
    if (misses >= TRIES) return incident;
    for (const limits of [FULL, SHORT]) {
      const fuller = incidentView(source, incident.number, limits);
      const more = fuller ? bytesOf(renderIncident(fuller)) - (sizes[index] ?? 0) : Number.POSITIVE_INFINITY;
      if (!fuller || more > left) continue;
      left -= more;
      misses = 0;
      return fuller;
    }
    misses++;
    return incident;
  });
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** Our own instance: nothing that another module registers is seen here. The package has no types for its runtime. */
const handlebars = (runtime as unknown as typeof Handlebars).create();
for (const [name, partial] of Object.entries(partials))
  handlebars.registerPartial(name, handlebars.template(partial));
handlebars.registerHelper('markdown', incidentMarkdown);
const renderPage: (page: Page) => string = handlebars.template(pageTemplate);
const renderIncident: (incident: IncidentView) => string = handlebars.template(partials.incident);
