import type { Classifier, ExampleCluster, Relation } from '../classifier.ts';
import type { Place } from '../model/signal.ts';
import { manualSteps, named } from './manual.ts';
import { block, code, plain, prose, stepLines } from './markdown-text.ts';
import { toPieces } from './prose.ts';
import { ICONS } from './view/words.ts';
import { visibleLine, visibleText } from './visible.ts';

/** Where another class's page is, seen from the one that names it; undefined where it has none. */
type LinkTo = (id: string) => string | undefined;

const PLACE_NAMES: Readonly<Record<Place, string>> = {
  waiting: 'what a waiting container says',
  terminated: 'how a container ended',
  event: 'messages of events',
  condition: 'conditions and states of objects',
  log: 'logs of containers',
  journal: 'logs of a node',
};

const RELATION_NAMES: Readonly<Record<Relation, string>> = {
  object: 'at the same object',
  owner: 'at its owner',
  pods: 'at its pods',
  node: 'at its node',
  culprit: 'at the same culprit',
  claim: 'at a claim that it mounts',
  backend: 'at what it points at',
  network: 'at the network plugin of its node',
  proxy: 'at kube-proxy on its node, where it names the address of a Service',
  neighbours: 'at other pods of its node',
  address: 'at the Service or pod whose address it names',
  namespace: 'in the same namespace',
  cluster: 'anywhere in the cluster',
};

/** A class of failure as a Markdown page; names of other classes become links where the caller knows their pages. */
export function toManualPage(classifier: Classifier, linkTo: LinkTo = () => undefined): string {
  const { id, severity, title, stage, cause, tellApart = '', yieldsTo = [], causedBy = [] } = classifier;
  const ids = (classes: readonly string[]) => classes.map((other) => classLink(other, linkTo)).join(', ');
  const sections: readonly (readonly [string, string])[] = [
    ['Why', prose(toPieces(named(cause)))],
    ['What to do', manualSteps(classifier.fix).flatMap(stepLines).join('\n')],
    ['Told apart', prose(toPieces(named(tellApart)))],
    ['Reads', readsOf(classifier)],
    [
      'May follow from',
      causedBy.map(({ classes, by }) => `- ${ids(classes)}, ${RELATION_NAMES[by]}`).join('\n'),
    ],
    ['Steps back for', ids([...new Set(yieldsTo)])],
    ...examplesOf(classifier),
  ];
  return [
    `# ${plain(visibleLine(title))}`,
    '',
    `${code(id)} · ${ICONS[severity]} ${severity} · stage: ${stage}`,
    ...sections.filter(([, text]) => text !== '').flatMap(([name, text]) => ['', `## ${name}`, '', text]),
    '',
  ].join('\n');
}

function classLink(id: string, linkTo: LinkTo): string {
  if (id === '*') return 'any failure';
  const target = linkTo(id);
  return target ? `[${code(id)}](${target})` : code(id);
}

function readsOf(classifier: Classifier): string {
  if (classifier.by === 'text')
    return classifier.detect.in.map((place) => `- ${PLACE_NAMES[place]}`).join('\n');
  const { needs, uses = [], complete = [], lines = [] } = classifier;
  const facts = needs.map(
    (fact) => `- ${code(fact)}${complete.includes(fact) ? ', the whole list, as absence decides' : ''}`,
  );
  const others = uses.map((fact) => `- ${code(fact)}, where collected`);
  return [...facts, ...others, ...(lines.length > 0 ? ['- lines of its own from logs'] : [])].join('\n');
}

function examplesOf(classifier: Classifier): (readonly [string, string])[] {
  const { hit, miss } =
    classifier.by === 'text'
      ? { hit: messages(classifier.examples.hit), miss: messages(classifier.examples.miss) }
      : { hit: classifier.examples.hit.map(piece), miss: classifier.examples.miss.map(aboutOf) };
  const glue = classifier.by === 'text' ? '\n\n' : '\n';
  return [
    ['Examples', hit.join('\n\n')],
    ['Looks alike and is not', miss.join(glue)],
  ];
}

function messages(texts: readonly string[]): string[] {
  return texts.map((text) => block(visibleText(text.trimEnd())));
}

/** A small cluster in which it is found: what is told of it, its objects and its files. */
function piece(example: ExampleCluster): string {
  const { about, objects = '', files = {} } = example;
  const texts = Object.entries(files).map(([file, text]) => `${code(file)}:\n\n${fenced(text)}`);
  return [`Where ${plain(about)}:`, ...(objects.trim() ? [fenced(objects)] : []), ...texts].join('\n\n');
}

function fenced(text: string): string {
  return block(visibleText(text.replace(/^\n+|\s+$/g, '')));
}

function aboutOf({ about }: ExampleCluster): string {
  return `- ${plain(about)}`;
}
