import { redactBlobs } from './blobs.ts';
import { createClean } from './clean.ts';
import { flagHint, redactCommands } from './commands.ts';
import { createMarker, type Marker } from './marks.ts';
import { type Hint, hintOf } from './names.ts';
import { type PairMemory, redactPairs } from './pairs.ts';
import { createPemFilter, redactInlinePem } from './pem.ts';
import { inSegments } from './segments.ts';
import { redactSchemes, redactShapes } from './shapes.ts';
import { redactJson } from './structure.ts';
import { redactUrls } from './urls.ts';
import { isHarmless } from './values.ts';

/** How deep base64 in base64 is followed. */
const MOST_DEPTH = 3;

/** Takes the lines of one text in order; what a line is may depend on those before it. */
export type LineFilter = {
  /** Gives back the lines that are decided by now, redacted: as many as went in, some a call later. */
  push(line: string): readonly string[];
  end(): readonly string[];
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the sequences that colour a terminal
const COLOUR = /\x1b\[[0-9;?]*[A-Za-z]/g;
/** Fields that only make sense together, so that the line has to be read as JSON. */
const JOINED_FIELDS = /"(?:value|data|stringData|annotations|args|command)" ?:/;
const MOST_JSON = 4 * 1024 * 1024;

/** A filter for the lines of one text: a log, a describe text, a configuration file. */
export function createLineFilter(marker: Marker, depth = 0): LineFilter {
  const pem = createPemFilter(marker);
  const memory: Memory = { pair: { hint: undefined, waiting: false }, flag: undefined, block: undefined };
  const finish = (lines: ReturnType<typeof pem.push>) =>
    lines.map(({ text, isKey }) => (isKey ? text : redactLine(text, memory, marker, depth)));
  return {
    push: (line) => finish(pem.push(line)),
    end: () => finish(pem.end()),
  };
}

/** What earlier lines said about this one. */
type Memory = {
  readonly pair: PairMemory;
  /** A flag that stood alone: the next line is its value. */
  flag: Hint | undefined;
  /** `password: |` opened a block of this indentation. */
  block: { readonly indent: number; readonly hint: Hint } | undefined;
};

/** Lines that hold nothing, whatever stands before them: objects repeat themselves a thousandfold. */
const cleanLines = createClean(160, 50_000);
/** Texts that hold nothing as a whole: a report says many things twice. */
const cleanTexts = createClean(2000, 5000);

function redactLine(line: string, memory: Memory, marker: Marker, depth: number): string {
  if (memory.block || memory.flag) return redactFresh(line, memory, marker, depth);
  if (cleanLines.has(line)) return line;
  const redacted = redactFresh(line, memory, marker, depth);
  const isClean = redacted === line && !memory.block && !memory.flag && !TELLING.test(line);
  if (isClean && depth === 0) cleanLines.add(line);
  return redacted;
}

function redactFresh(line: string, memory: Memory, marker: Marker, depth: number): string {
  const indent = line.length - line.trimStart().length;
  if (memory.block) {
    if (line.trim() === '') return line;
    if (indent > memory.block.indent)
      return line.slice(0, indent) + marker.mark(memory.block.hint.kind, line.trim());
    memory.block = undefined;
  }
  memory.block = blockOpened(line, indent);
  const flagged = memory.flag && valueOfFlag(line, memory.flag, marker);
  memory.flag = flagHint(lastArgument(line));
  if (flagged !== undefined) return flagged;
  const json = depth === 0 ? redactJsonIn(line, marker) : line;
  return inSegments(
    json,
    (segment) => redactString(segment, memory.pair, marker, depth),
    (run) => marker.mark('encoded', run),
  );
}

/** The JSON of a line, behind its time and level, with what only its structure tells replaced. */
function redactJsonIn(line: string, marker: Marker): string {
  if (line.length > MOST_JSON || !JOINED_FIELDS.test(line)) return line;
  const start = line.search(/[{[]/);
  const end = Math.max(line.lastIndexOf('}'), line.lastIndexOf(']')) + 1;
  const json = start < 0 ? undefined : redactJson(line.slice(start, end), marker);
  return json === undefined ? line : line.slice(0, start) + json + line.slice(end);
}

/** The line without indentation and quotes; of a longer one, the quoted element that ends it. */
function lastArgument(line: string): string {
  const element = /["'](--?[A-Za-z][\w.-]{0,99})["'],\s*$/.exec(line)?.[1];
  return (
    element ??
    line
      .trim()
      .replace(/^- /, '')
      .replace(/^["']|["'],?$|,$/g, '')
  );
}

/** `password: |` in YAML. */
function blockOpened(line: string, indent: number): Memory['block'] {
  const key = /^\s*(?:- )?["']?([\w./-]{1,128})["']?:\s*[|>][+-]?\d?\s*$/.exec(line)?.[1];
  const hint = key === undefined ? undefined : hintOf(key);
  return hint && !hint.weak ? { indent, hint } : undefined;
}

function valueOfFlag(line: string, hint: Hint, marker: Marker): string | undefined {
  const [, before = '', value = '', after = ''] = /^(\s*(?:- )?["']?)(.*?)(["']?,?\s*)$/.exec(line) ?? [];
  if (/^--?[A-Za-z]|^[\]}]/.test(value)) return undefined;
  if (isHarmless(value, hint, { quoted: true, assigned: true })) return undefined;
  return before + marker.mark(hint.kind, value) + after;
}

/** Words and signs without which a line holds nothing that the rules know. */
const TELLING =
  /pass|pwd|pw|secret|token|key|cred|auth|cookie|sess|sid|sig|community|psk|bearer|basic|userdata|conn|jwt|jws|senha|kennwort|value|original|applied|release|code|salt|nonce|seed|otp|pin|hook|license|dsn|identified|:\/\/|@|PRIVATE/i;
const BLOB_LIKE = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{24}/;
const FLAG_LIKE = /(?:^|[\s"'])--?[A-Za-z]/;

/** One line, or a part of a line that is too long to be looked at as a whole. */
function redactString(original: string, memory: PairMemory, marker: Marker, depth: number): string {
  const text = original.includes('\x1b') ? original.replace(COLOUR, '') : original;
  let redacted = text;
  if (TELLING.test(text)) {
    redacted = redactInlinePem(redacted, marker);
    redacted = redactUrls(redacted, marker);
    redacted = redactPairs(redacted, memory, marker);
    redacted = redactSchemes(redacted, marker);
    redacted = redacted.replace(IDENTIFIED, (_, before: string, secret: string) =>
      secret.startsWith('[REDACTED') ? before + secret : before + marker.mark('password', secret),
    );
  }
  redacted = redactShapes(redacted, marker);
  if (FLAG_LIKE.test(redacted)) redacted = redactCommands(redacted, marker);
  if (depth < MOST_DEPTH && BLOB_LIKE.test(redacted))
    redacted = redactBlobs(redacted, (inner) => holdsSecret(inner, depth + 1), marker);
  return redacted === text ? original : redacted;
}

const IDENTIFIED =
  /((?:identified (?:with \S{1,64} )?by|login \S{1,64} password|user \S{1,64} password) ["']?)([^"'\s;]{3,})/gi;

/** Whether the rules find a secret in a text. */
function holdsSecret(text: string, depth = 0): boolean {
  const marker = createMarker();
  redactText(text, marker, depth);
  return marker.counts().size > 0;
}

/** A text of several lines; it keeps its number of lines. */
export function redactText(text: string, marker: Marker, depth = 0): string {
  if (cleanLines.has(text) || cleanTexts.has(text)) return text;
  const filter = createLineFilter(marker, depth);
  const lines = text.split('\n').flatMap((line) => filter.push(line));
  const redacted = [...lines, ...filter.end()].join('\n');
  if (redacted === text && depth === 0 && !cleanLines.has(text)) cleanTexts.add(text);
  return redacted;
}
