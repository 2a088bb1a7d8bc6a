import path from 'node:path';
import { UserError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { timed } from '../model/timings.ts';
import { FORMATS, type Format, type RenderOptions } from '../report/index.ts';
import type { OutputOptions } from './options.ts';
import { writeOutput } from './write-output.ts';

const ENDINGS: Readonly<Record<Format, string>> = {
  html: '.html',
  text: '.txt',
  json: '.json',
  md: '.md',
  sarif: '.sarif',
  junit: '.xml',
};

/** Renders a report in the formats that were asked for, to the output file or to standard output. */
export async function say(report: Report, options: OutputOptions): Promise<void> {
  const formats = formatsOf(options);
  const { output } = options;
  if (!output && formats.length > 1) throw new UserError('several formats need a place: add -o FILE');
  const [only] = formats;
  if (!output && only) {
    process.stdout.write(await render(report, only, options, process.stdout.isTTY ?? false));
    return;
  }
  for (const format of formats) {
    const file = formats.length === 1 ? (output ?? '') : withEnding(output ?? '', ENDINGS[format]);
    writeOutput(file, await render(report, format, options, false), options.force);
  }
}

function formatsOf({ format, output }: OutputOptions): Format[] {
  const asked = (format ?? []).flatMap((names) => names.split(','));
  if (asked.length === 0) return [formatFor(output)];
  for (const name of asked)
    if (!isFormat(name))
      throw new UserError(`-f ${name}: no such format; there are ${Object.keys(FORMATS).join(', ')}`);
  return asked.filter(isFormat);
}

function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

/** Without -f the ending of the output file tells the format; a terminal gets text. */
function formatFor(output: string | undefined): Format {
  const ending = output ? path.extname(output) : '';
  return (
    (Object.keys(ENDINGS) as Format[]).find((format) => ENDINGS[format] === ending) ??
    (output ? 'html' : 'text')
  );
}

function withEnding(file: string, ending: string): string {
  return file.slice(0, file.length - path.extname(file).length) + ending;
}

async function render(
  report: Report,
  format: Format,
  options: OutputOptions,
  terminal: boolean,
): Promise<string> {
  const { title, ticket, maxReportSize, before, embedData } = options;
  const toFormat = await FORMATS[format]();
  const known: RenderOptions = {
    ...(title ? { title } : {}),
    ...(ticket ? { ticket } : {}),
    ...(maxReportSize ? { maxBytes: maxReportSize } : {}),
    ...(before ? { before: await storedReport(before) } : {}),
    embed: embedData ?? false,
    color: terminal && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    width: terminal ? (process.stdout.columns ?? 100) : 100,
  };
  return timed('render', () => toFormat(report, known));
}

/** What checks a stored report takes long to start, and most runs have none to compare with. */
async function storedReport(file: string): Promise<Report> {
  const { readReport } = await import('./read-report.ts');
  return readReport(file);
}
