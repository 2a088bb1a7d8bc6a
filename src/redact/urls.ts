import type { Marker } from './marks.ts';

const MASKED = /^(?:\[REDACTED|[*]+$|\$[({]|x-oauth-basic$|x-token-auth$)/;

/** Replaces the passwords of URLs; scheme, user, host and path stay. */
export function redactUrls(text: string, marker: Marker): string {
  let done = '';
  let copied = 0;
  for (
    let colon = text.indexOf('://');
    colon >= 0;
    colon = text.indexOf('://', Math.max(copied, colon + 3))
  ) {
    const start = colon + 3;
    const account = /[A-Za-z0-9+.-]/.test(text[colon - 1] ?? '') ? accountAt(text, start) : undefined;
    if (account === undefined) continue;
    done += text.slice(copied, start) + redactAccount(account, marker);
    copied = start + account.length;
  }
  return redactBareAccounts(copied === 0 ? text : done + text.slice(copied), marker);
}

/** `user:password` before the last @ of the authority; a password may hold any character but blanks and quotes. */
function accountAt(text: string, start: number): string | undefined {
  const rest = /^[^ \t"'`\\]{0,4096}/.exec(text.slice(start, start + 4096))?.[0] ?? '';
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  if (/^[^:@]*[?#]/.test(authority) || /^[^:@]*:\d+[?#]/.test(authority)) return undefined;
  let at = authority.lastIndexOf('@');
  if (at < 0 && /^[^[:]*:(?!\d*$)/.test(authority)) at = rest.lastIndexOf('@');
  if (at < 0 || !/^@[A-Za-z0-9[_$({%]/.test(rest.slice(at, at + 2))) return undefined;
  return rest.slice(0, at);
}

/** The user stays unless it is a token itself. */
function redactAccount(account: string, marker: Marker): string {
  const colon = account.indexOf(':');
  const user = colon < 0 ? account : account.slice(0, colon);
  const secret = colon < 0 ? undefined : account.slice(colon + 1);
  const isToken = user.length >= 20 && /[0-9]/.test(user) && /[A-Za-z]/.test(user) && !/[.[]/.test(user);
  const name = isToken ? marker.mark('token', user) : user;
  if (secret === undefined) return name;
  return `${name}:${secret === '' || MASKED.test(secret) ? secret : marker.mark('password', secret)}`;
}

/** `user:password@tcp(host)`, `user:password@host:3306` and `jdbc:oracle:thin:user/password@`. */
const DSN =
  /(?<![^\s"'=<(,[])([A-Za-z_][\w.-]{0,63}:)([^\s"'@/:][^\s"'/@]{0,255})(?=@(?:tcp|tcp6|unix)\(|@(?!sha(?:256|512):)[A-Za-z][\w.-]{0,252}:\d{2,5}(?:[^\d.]|$))/g;
const TCP_DSN = /(?<![^\s"'=<])([A-Za-z_][\w.-]{0,63}:)([^\s"']{1,255})(?=@(?:tcp|tcp6|unix)\()/g;
const ORACLE = /(jdbc:oracle:\w{1,8}:[\w.-]{1,64}\/)([^\s"'@]{1,255})(?=@)/g;

function redactBareAccounts(text: string, marker: Marker): string {
  if (!text.includes('@')) return text;
  const replace = (_: string, before: string, secret: string) =>
    before + (MASKED.test(secret) ? secret : marker.mark('password', secret));
  return text.replace(TCP_DSN, replace).replace(DSN, replace).replace(ORACLE, replace);
}
