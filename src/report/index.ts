import type { Report } from '../model/report.ts';
import { toHtml } from './html.ts';
import { toJson } from './json.ts';
import { toJunit } from './junit.ts';
import { toMarkdown } from './markdown.ts';
import type { RenderOptions } from './options.ts';
import { toSarif } from './sarif.ts';
import { toText } from './text.ts';

export type { RenderOptions } from './options.ts';

/** Every way to say a report. */
export const FORMATS = {
  html: toHtml,
  text: toText,
  json: toJson,
  md: toMarkdown,
  sarif: toSarif,
  junit: toJunit,
} as const satisfies Record<string, (report: Report, options: RenderOptions) => string>;

/** The name of a format, as `-f` takes it. */
export type Format = keyof typeof FORMATS;
