import path from 'node:path';
import { UserError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { FORMATS, type Format } from '../report/index.ts';
import type { OutputOptions } from './options.ts';
import { readReport } from './read-report.ts';
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
export function say(report: Report, options: OutputOptions): void {
  const formats = formatsOf(options);
  const { output } = options;
  if (!output && formats.length > 1) throw new UserError('several formats need a place: add -o FILE');
  const [only] = formats;
  if (!output && only) {
    process.stdout.write(render(report, only, options, process.stdout.isTTY ?? false));
    return;
  }
  for (const format of formats) {
    const file = formats.length === 1 ? (output ?? '') : withEnding(output ?? '', ENDINGS[format]);
    writeOutput(file, render(report, format, options, false), options.force);
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

function render(report: Report, format: Format, options: OutputOptions, terminal: boolean): string {
  const { title, ticket, maxReportSize, before, embedData } = options;
  return FORMATS[format](report, {
    ...(title ? { title } : {}),
    ...(ticket ? { ticket } : {}),
    ...(maxReportSize ? { maxBytes: maxReportSize } : {}),
    ...(before ? { before: readReport(before) } : {}),
    embed: embedData ?? false,
    color: terminal && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    width: terminal ? (process.stdout.columns ?? 100) : 100,
  });
}
