import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import type { Report } from '../model/report.ts';
import { BARE, FEWER_ROWS, FULL, LEAN, MAX_BYTES, ROWS, SHORT } from './limits.ts';
import { incidentMarkdown, summaryMarkdown } from './markdown.ts';
import type { RenderOptions } from './options.ts';
import { incidentView, incidentViews, type Source, toSource } from './source.ts';
import { report as pageTemplate, partials } from './templates.generated.ts';
import type { IncidentView } from './view/incident.ts';
import { isFailure, toView, type View } from './view.ts';

/** What the page shows around the incidents: the view, and the whole as Markdown to be copied. */
type Page = View & { readonly summary: string };

/** The incidents, as fully as there is room for. */
type Told = {
  readonly leanCount: number;
  readonly incidentBatches: readonly Batch[];
  readonly riskBatches: readonly Batch[];
};

/** Incidents that a browser lays out together; those far down only when they come into sight. */
type Batch = { readonly far: boolean; readonly incidents: readonly IncidentView[] };

/** One self-contained page: evidence is shortened until it fits `maxBytes`, findings never go. */
export function toHtml(report: Report, options: RenderOptions = {}): string {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const source = toSource(report);
  const lean = incidentViews(source, LEAN);
  const { html, page, bytes } = fittingFrame(source, options, lean, (maxBytes - sum(lean.map(sizeOf))) / 2);
  // a byte for each, for what stands between them
  const incidents = fittingIncidents(source, lean, maxBytes - bytes - lean.length);
  return withIncidents(html, page, {
    leanCount: incidents.filter((incident) => incident.lean || incident.bare).length,
    incidentBatches: toBatches(incidents.filter(isFailure)),
    riskBatches: toBatches(incidents.filter((incident) => !isFailure(incident))),
  });
}

/** Everything around the incidents, and how large it is. */
type Frame = { readonly html: string; readonly page: Page; readonly bytes: number };

const NONE_TOLD: Told = { leanCount: 1, incidentBatches: [], riskBatches: [] };

/** The frame whose tables have as many rows as there is room for. */
function fittingFrame(
  source: Source,
  options: RenderOptions,
  lean: readonly IncidentView[],
  room: number,
): Frame {
  let summary: string | undefined;
  const frameOf = (rows: number): Frame => {
    const view = toView(source, options, lean, rows);
    summary ??= summaryMarkdown(view, source);
    const page = { ...view, summary };
    const html = renderPage(page);
    return { html, page, bytes: bytesOf(withIncidents(html, page, NONE_TOLD)) };
  };
  const [most, ...fewer] = lean.length > ROWS[0] ? FEWER_ROWS : ROWS;
  let frame = frameOf(most);
  for (const rows of fewer) {
    if (frame.bytes <= room) break;
    frame = frameOf(rows);
  }
  return frame;
}

/** Incidents in few words that are laid out together. */
const BATCH = 50;

/** All up to the last that is told as a whole in one, the others in batches. */
function toBatches(incidents: readonly IncidentView[]): Batch[] {
  const near = 1 + incidents.findLastIndex(({ lean, bare }) => !lean && !bare);
  const batches: Batch[] = [{ far: false, incidents: incidents.slice(0, near) }];
  for (let at = near; at < incidents.length; at += BATCH)
    batches.push({ far: true, incidents: incidents.slice(at, at + BATCH) });
  return batches;
}

/** How many incidents in a row may find no room before the rest is not tried. */
const TRIES = 10;

/** So many incidents are told as a whole beside thousands. */
const MOST_WHOLE = 100;

/** Gives each incident, worst first, as much as there is room for when all that follow stay in few words. */
function fittingIncidents(source: Source, lean: readonly IncidentView[], room: number): IncidentView[] {
  const enough = sum(lean.map(sizeOf)) <= room;
  const least = enough ? lean : incidentViews(source, BARE);
  let left = room - sum(least.map(sizeOf));
  const many = lean.length > ROWS[0];
  let [misses, whole] = [0, 0];
  return least.map((incident) => {
    if (misses >= TRIES || (enough && many && whole >= MOST_WHOLE)) return incident;
    for (const limits of enough ? [FULL, SHORT] : [LEAN]) {
      const fuller = incidentView(source, incident.number, limits);
      const more = fuller ? sizeOf(fuller) - sizeOf(incident) : Number.POSITIVE_INFINITY;
      if (!fuller || more > left) continue;
      left -= more;
      misses = 0;
      whole++;
      return fuller;
    }
    misses++;
    return incident;
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

function sizeOf(incident: IncidentView): number {
  return bytesOf(renderIncident(incident));
}

/** Our own instance: nothing that another module registers is seen here. The package has no types for its runtime. */
const handlebars = (runtime as unknown as typeof Handlebars).create();
for (const [name, partial] of Object.entries(partials))
  handlebars.registerPartial(name, handlebars.template(partial));
handlebars.registerHelper('markdown', incidentMarkdown);
const renderPage: (page: Page) => string = handlebars.template(pageTemplate);

/** Signs for the sections that come into the page once it is known how much of them there is room for; no text holds one. */
const ROOM = { incidents: '\0incidents\0', risks: '\0risks\0' };
const renderIncidents: (page: Page & Told) => string = handlebars.template(partials.incidents);
const renderRisks: (page: Page & Told) => string = handlebars.template(partials.risks);
handlebars.registerPartial('incidents', () => ROOM.incidents);
handlebars.registerPartial('risks', () => ROOM.risks);

function withIncidents(html: string, page: Page, told: Told): string {
  const whole = { ...page, ...told };
  return html
    .replace(ROOM.incidents, () => renderIncidents(whole))
    .replace(ROOM.risks, () => renderRisks(whole));
}

/** An incident is rendered once, to know its size, and put into the page as it is. */
const renderIncident = remembered<IncidentView>(handlebars.template(partials.incident));
handlebars.registerPartial('incident', renderIncident);

function remembered<T extends object>(render: (value: T) => string): (value: T) => string {
  const known = new WeakMap<T, string>();
  return (value) => {
    const text = known.get(value) ?? render(value);
    known.set(value, text);
    return text;
  };
}
