import type { Report } from '../model/report.ts';
import type { RenderOptions } from './options.ts';

export type { RenderOptions } from './options.ts';

type ToFormat = (report: Report, options: RenderOptions) => string;

/** Every way to say a report, each loaded when it is asked for. */
export const FORMATS = {
  html: async () => (await import('./html.ts')).toHtml,
  text: async () => (await import('./text.ts')).toText,
  json: async () => (await import('./json.ts')).toJson,
  md: async () => (await import('./markdown.ts')).toMarkdown,
  sarif: async () => (await import('./sarif.ts')).toSarif,
  junit: async () => (await import('./junit.ts')).toJunit,
} as const satisfies Record<string, () => Promise<ToFormat>>;

/** The name of a format, as `-f` takes it. */
export type Format = keyof typeof FORMATS;
