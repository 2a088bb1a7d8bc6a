import type { Visitor } from '../bundle/visitor.ts';
import type { Catalogue } from '../classifier.ts';
import type { Cluster } from '../model/cluster.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import { createBuilder } from './builder.ts';
import { settleTries, writingTimes } from './collector-records.ts';
import { sinkFor } from './entry-sinks.ts';
import { createIntegrity } from './integrity.ts';
import { jsonItems } from './json-items.ts';
import { createRouter } from './layouts/layouts.ts';
import { compileLineRules, type LineRules, lineRulesOf } from './line-rules.ts';
import { ownedLog, strayLog } from './log-sinks.ts';
import { objectTaker } from './object-taker.ts';
import { settleUsage } from './pod-usage.ts';
import { type Printed, type PrintedLog, readPrinted } from './printed.ts';
import type { Run } from './run.ts';
import { settleLogs } from './stray-logs.ts';
import { newestTimeIn } from './tool-records.ts';
import { yamlItems } from './yaml-items.ts';

/** Reads a bundle as it flows by; `finish` gives the cluster. */
export type ClusterReader = Visitor & {
  finish(bundle: { readonly name: string; readonly bytes: number; readonly files: number }): Cluster;
};

/** A reader that keeps the log lines that the catalogue's classes ask for. */
export function createClusterReader(catalogue: Catalogue, limits: Limits = DEFAULT_LIMITS): ClusterReader {
  const run: Run = {
    limits,
    builder: createBuilder(limits),
    integrity: createIntegrity(),
    /** Compiled when the first log comes by: that takes longer than reading a small bundle without any. */
    get rules() {
      return rulesOf(catalogue);
    },
    router: createRouter(),
    printed: [],
    logs: new Map(),
    strays: [],
    tries: [],
    said: new Map(),
    told: new Set(),
    nodeAbouts: [],
  };
  return {
    entry: (entry) => run.integrity.watch(entry, sinkFor(entry, run)),
    problem: (file, message) => run.builder.problem(file, message),
    finish(bundle) {
      run.integrity.settle(run.builder.problem);
      for (const about of run.nodeAbouts) run.builder.about(about);
      settleTries(run);
      readPrintedTexts(run);
      for (const log of run.logs.values()) run.builder.add('logs', log);
      for (const layout of run.router.layouts()) run.builder.confirm(layout);
      run.builder.about({ layout: layoutOf(run) });
      return settleUsage(settleLogs(run.builder.finish(bundle), run.strays));
    },
  };
}

/** What the paths tell comes before what the contents do. */
function layoutOf({ router, told }: Run): string {
  const layouts = router.layouts();
  return (layouts.length > 0 ? layouts : [...told]).join(' + ') || 'loose files';
}

/** The rules of each catalogue, compiled once. */
const compiled = new WeakMap<Catalogue, LineRules>();

function rulesOf(catalogue: Catalogue): LineRules {
  const known = compiled.get(catalogue) ?? compileLineRules(lineRulesOf(catalogue));
  compiled.set(catalogue, known);
  return known;
}

/** Reads the texts that kubectl printed, now that the time of the bundle is known. */
function readPrintedTexts(run: Run): void {
  const printedAt = printingTime(run);
  const written = writingTimes(new Set(run.printed.map(({ file }) => file)), run);
  for (const { modified, ...printed } of run.printed) {
    const time = written.get(printed.file) ?? printedAt(modified);
    try {
      readPrinted(
        { ...printed, time },
        run.builder,
        (log) => readPrintedLog(log, printed, run),
        (text) => readPrintedObjects(text, printed, run),
      );
    } catch (error) {
      // One text that no reader was made for must not cost the others.
      const reason = error instanceof Error ? error.message : String(error);
      run.builder.problem(printed.file, `cannot be read: ${reason.slice(0, 200)}`);
    }
  }
}

const HOURS = 6 * 3_600_000;

/**
 * When a text was printed: when the bundle says that it was made; else at the newest time that any text shows, or when
 * its file was written, if that was soon after.
 */
function printingTime({
  builder,
  printed,
  logs,
  strays,
}: Run): (modified: number | undefined) => number | undefined {
  const known = builder.collectedAt();
  if (known !== undefined) return () => known;
  const times = [
    ...printed.map(({ text }) => newestTimeIn(text)),
    ...[...logs.values(), ...strays.map(({ log }) => log)].map(({ ends }) => ends.last()),
  ].filter((time) => time !== undefined);
  const newest = times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : undefined;
  return (modified) => {
    if (newest === undefined) return modified;
    return modified !== undefined && modified >= newest && modified - newest < HOURS ? modified : newest;
  };
}

function readPrintedLog(log: PrintedLog, { file }: Omit<Printed, 'time'>, run: Run): void {
  const { text, before, namespace, pod, container, previous } = log;
  const hints = [pod, container ?? '', previous ? 'previous' : ''].join('/');
  const sink =
    namespace === undefined
      ? strayLog({ file, before }, hints, undefined, run)
      : ownedLog({ file, before }, { of: 'container', namespace, pod, container, previous }, run);
  sink.chunk(Buffer.from(text));
  sink.end(true);
}

function readPrintedObjects(text: string, { file, route }: Omit<Printed, 'time'>, run: Run): void {
  const { whole: _, ...known } = route;
  const taker = objectTaker(file, known, run);
  const sink = text.trimStart().startsWith('{') ? jsonItems(taker, run.limits) : yamlItems(taker, run.limits);
  sink.chunk(Buffer.from(text));
  sink.end(true);
}
