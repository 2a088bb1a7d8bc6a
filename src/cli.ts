import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { bytesFrom } from './commands/bytes.ts';
import { limitsText } from './commands/limits.ts';
import type { AnalyzeOptions, CollectorOptions, OutputOptions, RedactOptions } from './commands/options.ts';
import { UserError } from './model/errors.ts';
import { VERSION } from './version.ts';

/** Exit statuses: 0 done, 1 `--fail-on` reached, 2 bad usage or nothing to analyse, 3 a fault of ours. */
const STATUS = { done: 0, failed: 1, unusable: 2, fault: 3 } as const;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const size = (value: string): number => {
  const bytes = bytesFrom(value);
  if (bytes === undefined) throw new InvalidArgumentError('write it as 500k, 4.5MB or a number of bytes');
  return bytes;
};

/** As in other programs, `-` is standard output. */
const place = (file: string): string | undefined => (file === '-' ? undefined : file);

function output(command: Command): Command {
  return command
    .option('-f, --format <format>', 'html, text, json, md, sarif or junit; may be repeated', collect)
    .option('-o, --output <file>', 'write there; with several formats each gets its own ending', place)
    .option('--title <text>', 'heading of the report')
    .option('--ticket <id>', 'the ticket that the report belongs to')
    .option('--max-report-size <size>', 'most bytes of the HTML: evidence is shortened, findings stay', size)
    .option('--before <report.json>', 'tell what is new and what is gone since an earlier JSON report')
    .option('--embed-data', 'put the findings into the HTML as JSON too, for other programs')
    .option('--force', 'replace an output file that is not a report of ours');
}

function program(): Command {
  const casefile = new Command('casefile')
    .description('Says what is broken in a Kubernetes cluster, from its support bundle, without internet.')
    .version(VERSION)
    .exitOverride()
    .configureHelp({ sortSubcommands: false });

  output(casefile.command('analyze'))
    .description('analyse a support bundle')
    .argument(
      '<bundle...>',
      'archive, folder or - for standard input; several of one cluster, as its nodes, are read together',
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 when a finding is at least this severe').choices([
        'critical',
        'high',
        'medium',
        'low',
        'info',
      ]),
    )
    .option('--rules <folder>', 'add classes of your own, one YAML file each')
    .option('--namespace <name>', 'only what concerns this namespace; may be repeated', collect)
    .option('--limit <name=value>', 'what the bundle may cost, see below; may be repeated', collect)
    .addHelpText('after', limitsText)
    .option('--no-redact', 'show secrets that the bundle holds: for the owner’s own eyes')
    .option('--timings', 'print where the time went')
    .option('--verbose', 'name the files that nothing reads')
    .action(async (sources: readonly string[], options: AnalyzeOptions) => {
      const { runAnalyze } = await import('./commands/analyze.ts');
      process.exitCode = (await runAnalyze(sources, options)) ? STATUS.failed : STATUS.done;
    });

  output(casefile.command('render'))
    .description('make a report from a stored JSON report')
    .argument('<report.json>', 'what `analyze -f json` wrote')
    .action(async (source: string, options: OutputOptions) => {
      const { runRender } = await import('./commands/render.ts');
      await runRender(source, options);
    });

  casefile
    .command('redact')
    .description('write a copy of a bundle that can be passed on, without its secrets')
    .argument('<bundle>', 'archive, folder or - for standard input')
    .requiredOption('-o, --output <file>', 'the new bundle, a .tar.gz')
    .option(
      '--anonymize',
      'also replace hosts, addresses, nodes and namespaces; the map is written beside it',
    )
    .option(
      '--limit <name=value>',
      'what the bundle may cost, see `analyze --help`; may be repeated',
      collect,
    )
    .option('--force', 'replace a file that is there')
    .action(async (source: string, options: RedactOptions) => {
      const { runRedact } = await import('./commands/redact.ts');
      await runRedact(source, options);
    });

  casefile
    .command('list')
    .description('all classes of failure, by stage')
    .action(async () => {
      const { runList } = await import('./commands/list.ts');
      runList();
    });

  casefile
    .command('explain')
    .description('what a class of failure means, and how to mend it')
    .argument('<class>', 'as in image/not-found')
    .option('--markdown', 'as a Markdown page')
    .action(async (id: string, options: object) => {
      const { runExplain } = await import('./commands/explain.ts');
      runExplain(id, options);
    });

  casefile
    .command('collector')
    .description('print collect.sh, the script that makes bundles')
    .option('-o, --output <file>', 'write there instead of printing', place)
    .option('--node', 'print node.sh, which collects on one node as root')
    .action(async (options: CollectorOptions) => {
      const { runCollector } = await import('./commands/collector.ts');
      runCollector(options);
    });
  return casefile;
}

/** Runs the command line; the one place that turns errors into words and exit statuses. */
async function main(): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, as `head`, is no error.
    if (error.code === 'EPIPE') process.exit(STATUS.done);
    throw error;
  });
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError)
      process.exitCode = error.exitCode === 0 ? STATUS.done : STATUS.unusable;
    else if (error instanceof UserError) {
      process.stderr.write(`casefile: ${error.message}\n`);
      process.exitCode = STATUS.unusable;
    } else {
      process.stderr.write(
        `casefile: a fault in casefile itself, please report it:\n${error instanceof Error ? error.stack : String(error)}\n`,
      );
      process.exitCode = STATUS.fault;
    }
  }
}

void main();
