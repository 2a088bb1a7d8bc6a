import { isRecord } from '../model/shape.ts';
import { type Builder, resourceOf } from './builder.ts';
import { type Command, kindOf, parseCommand } from './command-line.ts';
import { type Described, describedObjects } from './describe/read-describe.ts';
import type { Route } from './layouts/layout.ts';
import { COMMAND, isPrinted, isTableHeader } from './sniff.ts';
import { readTables } from './tables.ts';
import { isNoAnswer, isNoLog, statusOfError } from './tool-errors.ts';
import { readTop } from './top.ts';

/** The part of a text that one command printed. */
type Part = {
  readonly command: string;
  /** The number of lines before it. */
  readonly before: number;
  readonly text: string;
};

/** The log that a pasted `kubectl logs` shows. */
export type PrintedLog = {
  readonly text: string;
  readonly before: number;
  readonly namespace: string | undefined;
  readonly pod: string;
  readonly container: string | undefined;
  readonly previous: boolean;
};

/** A text that kubectl printed, one command or many, with what its path says of it. */
export type Printed = {
  readonly file: string;
  readonly text: string;
  readonly route: Partial<Route>;
  /** When it was printed, in milliseconds since 1970: ages count back from it. */
  readonly time: number | undefined;
};

/** Reads a text that kubectl printed; logs and objects in it are given to `log` and `objects`. */
export function readPrinted(
  printed: Printed,
  builder: Builder,
  log: (log: PrintedLog) => void,
  objects: (text: string) => void,
): void {
  for (const part of partsOf(printed.text)) {
    const command = parseCommand(part.command);
    if (command.verb === 'logs' ? isNoLog(part.text) : isNoAnswer(part.text)) {
      const status = statusOfError(part.text);
      builder.coverage({ what: part.command.trim() || printed.file, status, detail: firstLine(part.text) });
    } else if (command.verb === 'logs' && command.names[0]) {
      const [pod = '', ...others] = command.names;
      const { namespace, container = others[0], previous } = command;
      log({
        text: part.text,
        before: part.before,
        namespace,
        pod: pod.replace(/^pods?\//, ''),
        container,
        previous,
      });
    } else if (/^\s*(?:\{|apiVersion:)/.test(part.text) && !isPrinted(part.text)) {
      objects(part.text);
      const resource = command.everywhere && command.kind ? resourceOf(command.kind) : undefined;
      if (resource) builder.listed({ resource, file: printed.file });
    } else readFacts(part, command, printed, builder);
  }
}

function readFacts(part: Part, command: Command, { file, route, time }: Printed, builder: Builder): void {
  const namespace = command.namespace ?? route.namespace;
  const kind = command.kind ?? kindOf(route.resource);
  const give = (found: readonly Described[], source: 'describe' | 'table') => {
    for (const { kind: of, value, lines, aside } of found) {
      const moved = new Map([...lines].map(([path, line]) => [path, line + part.before]));
      builder.object(of, value, { file, path: '', lines: moved }, aside ? 'table' : source);
    }
  };
  give(describedObjects(part.text, time, kind, builder.isKnown), 'describe');
  const { nodes, containers } = readTop(part.text, file, namespace);
  for (const usage of nodes) builder.add('nodeUsage', moved(usage, part.before));
  for (const usage of containers) builder.add('containerUsage', moved(usage, part.before));
  if (nodes.length + containers.length > 0 || !part.text.split('\n').some(isTableHeader)) return;
  const tables = readTables(part.text, { time, kind, namespace });
  give(tables, 'table');
  claimTable(tables, part, command, { file, route }, builder);
}

/** `kubectl get pods -A`, or the file of a tool that asked so, lists all there is. */
function claimTable(
  tables: readonly Described[],
  part: Part,
  { everywhere, kind }: Command,
  { file, route }: Pick<Printed, 'file' | 'route'>,
  builder: Builder,
): void {
  const resource = everywhere && kind ? resourceOf(kind) : route.whole && route.resource;
  const namespaced = tables.some(
    ({ value }) => isRecord(value.metadata) && value.metadata.namespace !== undefined,
  );
  const whole = !namespaced || /^NAMESPACE /m.test(part.text);
  const layout = everywhere ? undefined : route.layout;
  if (resource && whole && tables.length > 0) builder.listed({ resource, file, layout });
}

function moved<
  T extends { readonly origin: { readonly file: string; readonly lines?: ReadonlyMap<string, number> } },
>(usage: T, by: number): T {
  const lines = new Map([...(usage.origin.lines ?? [])].map(([path, line]) => [path, line + by]));
  return { ...usage, origin: { ...usage.origin, lines } };
}

/** Splits a text at the lines that run a command; what stands before the first one is a part without a command. */
function partsOf(text: string): Part[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (COMMAND.test(line) ? [index] : []));
  const first = { command: '', before: 0, text: lines.slice(0, starts[0]).join('\n') };
  const parts = starts.map((start, index) => ({
    command: lines[start] ?? '',
    before: start + 1,
    text: lines.slice(start + 1, starts[index + 1]).join('\n'),
  }));
  return [first, ...parts].filter((part) => part.text.trim() !== '');
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').slice(0, 300);
}
