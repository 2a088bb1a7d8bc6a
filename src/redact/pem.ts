import type { Marker } from './marks.ts';

const BEGIN = /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----/;
const END = /-----END (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----/;
const PREFIX =
  /^(?:\d{4}-\d\d-\d\d[T ]\S{5,40} (?:std(?:out|err) [FP] )?|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,253} \S{1,80}: )?[ \t|>]{0,120}/;
const BODY = /^[A-Za-z0-9+/]{1,512}={0,2}$/;
const TAIL = /^[A-Za-z0-9+/]{4,}={0,2}$/;
const HEADER = /^(?:Proc-Type|DEK-Info|Comment|Version|Hash|Charset|Encryption|Private-Lines|Private-MAC): ?/;

/** No key has more lines; what follows is text again. */
const MOST_LINES = 400;

/** Follows private keys over the lines of a text. */
type PemFilter = {
  /** Takes one line and gives back the lines that are decided by now: as many as went in, some a call later. */
  push(line: string): readonly PemLine[];
  end(): readonly PemLine[];
};

/** A line of a key as its mark, or a line that is none and has to be looked at. */
type PemLine = { readonly text: string; readonly isKey: boolean };

/** A filter that knows keys by BEGIN, and by END alone when their head was cut off. */
export function createPemFilter(marker: Marker): PemFilter {
  /** Bare base64 that may belong to a key whose first lines are missing. */
  let held: string[] = [];
  let inKey = 0;
  let mark = '';
  let inPublic = false;

  const asKey = (text: string): PemLine => ({ text: text.replace(bodyOf(text), mark), isKey: true });
  const asText = (text: string): PemLine => ({ text, isKey: false });

  function release(ended: boolean): PemLine[] {
    const lines = held;
    held = [];
    const full = lines.filter((line) => isFull(bodyOf(line)));
    if (!ended && full.length < 2) return lines.map(asText);
    if (lines.length > 0) mark = marker.mark('private-key', bodyOf(lines[0] ?? ''));
    return lines.map(asKey);
  }

  function begin(line: string): PemLine[] {
    const released = release(false);
    inKey = 1;
    mark = marker.mark('private-key', `${marker.counts().get('private-key') ?? 0} ${line}`);
    return [...released, asText(line.replace(/-----BEGIN.*/, mark))];
  }

  function within(line: string): PemLine[] | undefined {
    const body = bodyOf(line);
    if (END.test(line)) {
      inKey = 0;
      return [asText(line.replace(/.*-----END[^-]*-----/, mark))];
    }
    if (
      ++inKey > MOST_LINES ||
      !(body === '' || BODY.test(body) || HEADER.test(body) || /^=[\w+/]{4}$/.test(body))
    ) {
      inKey = 0;
      return undefined;
    }
    return [body === '' ? asText(line) : asKey(line)];
  }

  /** A line with a BEGIN or an END of its own; `undefined` when it is neither that of a private key. */
  function boundary(line: string): PemLine[] | undefined {
    const escaped = /\\n/.test(line);
    if (!escaped && BEGIN.test(line) && !END.test(line)) return begin(line);
    if (!escaped && END.test(line) && !BEGIN.test(line)) {
      inPublic = false;
      mark = marker.mark('private-key', held[0] ?? line);
      return [...release(true), asText(line.replace(/[^\s]*-----END.*-----/, mark))];
    }
    if (line.includes('-----BEGIN')) inPublic = true;
    if (line.includes('-----END')) inPublic = false;
    return undefined;
  }

  function outside(line: string): PemLine[] {
    const bounded = line.includes('-----') ? boundary(line) : undefined;
    if (bounded) return bounded;
    const body = bodyOf(line);
    if (!inPublic && (isFull(body) || (held.length > 0 && TAIL.test(body)))) {
      held.push(line);
      return held.length > MOST_LINES ? release(true) : [];
    }
    if (inPublic && body !== '' && !BODY.test(body) && !line.includes('-----')) inPublic = false;
    return [...release(false), asText(line)];
  }

  return {
    push(line) {
      if (inKey > 0) {
        const lines = within(line);
        if (lines) return lines;
      }
      return outside(line);
    },
    end: () => release(false),
  };
}

/** What is left of a line without a timestamp and indentation. */
function bodyOf(line: string): string {
  return line.slice(PREFIX.exec(line)?.[0].length ?? 0).trimEnd();
}

/** Nothing but 40 or more characters of base64, and no hexadecimal or plain name. */
function isFull(body: string): boolean {
  if (body.length < 40 || body.length > 200) return false;
  return /^[A-Za-z0-9+/]+={0,2}$/.test(body) && /[A-Z]/.test(body) && /[a-z]/.test(body);
}

/** Replaces private keys that stand in one line, their line ends written as `\n`; a cut one goes to the end of the string. */
export function redactInlinePem(text: string, marker: Marker): string {
  if (!text.includes('PRIVATE KEY')) return text;
  let done = '';
  let rest = text;
  for (let begin = BEGIN.exec(rest); begin; begin = BEGIN.exec(rest)) {
    const from = begin.index + begin[0].length;
    const end = END.exec(rest.slice(from));
    const quote = rest.slice(from).search(/["']/);
    const to = end ? from + end.index + end[0].length : quote < 0 ? rest.length : from + quote;
    done += rest.slice(0, begin.index) + marker.mark('private-key', rest.slice(from, to));
    rest = rest.slice(to);
  }
  const end = END.exec(rest);
  if (!end) return done + rest;
  const body = /[A-Za-z0-9+/=\\]*$/.exec(rest.slice(Math.max(0, end.index - 16384), end.index))?.[0] ?? '';
  const from = end.index - body.length;
  const tail = rest.slice(end.index + end[0].length);
  return done + rest.slice(0, from) + marker.mark('private-key', body) + redactInlinePem(tail, marker);
}
