import { isMark } from './marks.ts';
import type { Hint } from './names.ts';

/** How a value stands in its text. */
type Standing = {
  readonly quoted: boolean;
  /** After `=` or a flag: never prose. */
  readonly assigned: boolean;
};

const WORDS =
  /^(?:null|nil|none|true|false|yes|no|enabled|disabled|on|off|undefined|unset|empty|required|optional|string|missing|invalid|expired|n\/a|-+)[,;.)}\]]*$/i;
const HIDDEN =
  /^(?:<|\\u003c)(?:set to|none|nil|unknown|empty|redacted|hidden|masked|unset|invalid|error|no value|omitted|secret)/i;
const REFERENCE = /^(?:\$\([\w.-]+\)|\$\{[^}]*\}|\$[A-Z_][A-Z0-9_]*|\{\{.*\}\}|%[A-Z_]+%)$/;
const PROSE =
  /^(?:authentication|is|was|for|must|not|incorrect|expired|failed|mismatch|wrong|error|too|cannot|could|does|has|do|never|rejected|and|or|the|required|invalid|unset|missing)[,.:;]*(?:\s|$)/i;
const DNS_NAME = /^(?:[a-z0-9.-]+\/)?[a-z0-9]+(?:[.-][a-z0-9]+)*$/;

/** `<set to the key 'password' in secret 'db'>`, as `kubectl describe` has it. */
export function isExplained(value: string): boolean {
  return HIDDEN.test(value);
}

/** Whether a value under a telling name says nothing secret: empty, masked, a reference, a size, a word of prose. */
export function isHarmless(value: string, hint: Hint, { quoted, assigned }: Standing): boolean {
  if (value === '' || /^[*•xX.]+$/.test(value) || isMark(value)) return true;
  if (WORDS.test(value) || isExplained(value) || REFERENCE.test(value)) return true;
  if (/^<[A-Za-z][\w .-]{0,60}>[,;]?$/.test(value)) return true;
  if (/^\d+ bytes(?: long)?$/.test(value) || /^[[{(|>&][+-]?\d?$/.test(value)) return true;
  if (hint.weak) return !looksRandom(value) && !looksScrambled(value) && !isBasic(value);
  if (!assigned && !quoted && PROSE.test(value)) return true;
  if (/^\/[\w.@-]+(?:\/[\w.@-]+)*\/?$/.test(value) && !looksRandom(value.replaceAll('/', ''))) return true;
  return isReference(value, hint, quoted || assigned);
}

/** `secret: db-credentials` and `token: expired` name something; `client_secret: …` is the thing itself. */
function isReference(value: string, { kind, word }: Hint, sure: boolean): boolean {
  if (kind === 'password' || kind === 'key' || kind === 'object-copy') return false;
  if (kind === 'token' && /^\d{1,6}[,.:;]?$/.test(value)) return true;
  if (!sure && /^`?[A-Za-z][a-z]*[,.:;`]*$/.test(value)) return true;
  if (word !== 'secret' && word !== 'credentials' && word !== 'credential') return false;
  return DNS_NAME.test(value) && !looksRandom(value) && !/[a-z0-9]{17}/.test(value);
}

/** Whether a value looks like a key and not like a name, a number, a digest with its algorithm, a path or a UUID. */
export function looksRandom(value: string): boolean {
  if (value.length < 12 || !/[0-9=]/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (!/^[A-Za-z0-9+/=_.~%!-]+$/.test(value)) return false;
  if (/^sha(?:1|256|512):/.test(value)) return false;
  if (/^\/?[a-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)+$/.test(value)) return false;
  if (/^[0-9a-f]+(?:-[0-9a-f]+){4}$/i.test(value)) return false;
  if (/[.-]/.test(value) && /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(value)) return false;
  if (/[a-z]/.test(value) && /[A-Z]/.test(value) && /[0-9=]/.test(value)) return true;
  return value.length >= 20;
}

/** Letters alone, as one key in 300 is: their case changes, or consonants follow one another, as in no name. */
function looksScrambled(value: string): boolean {
  if (!/^[A-Za-z]{20,}$/.test(value) || !/[a-z]/.test(value) || !/[A-Z]/.test(value)) return false;
  const changes = value.match(/[a-z][A-Z]/g)?.length ?? 0;
  return changes >= value.length / 6 || /[bcdfghjklmnpqrstvwxz]{5}/i.test(value);
}

/** Base64 of `user:password`. */
function isBasic(value: string): boolean {
  if (value.length < 8 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return false;
  return /^[\x20-\x7e]*[^:\s]:[\x21-\x7e]{3,}$/.test(Buffer.from(value, 'base64').toString('latin1'));
}
