import type { Marker } from './marks.ts';
import { hintOf } from './names.ts';
import { isHarmless } from './values.ts';

type Short = { readonly of: RegExp; readonly flag: RegExp };

/** Short flags that take a password, and the programs that have them; group 1 is what stays. */
const SHORT: readonly Short[] = [
  { of: /mysql|mariadb/, flag: /((?:^|[\s"'])-p)([^\s"'\\]{3,})/g },
  {
    of: /sshpass|docker|podman|nerdctl|skopeo|buildah|crane|helm|login|mongo|ldap|htpasswd|ctr|az /,
    flag: /((?:^|[\s"'])-[pw]\s+["']?)([^\s"'\\-][^\s"'\\]*)/g,
  },
  { of: /sqlcmd|bcp /, flag: /((?:^|[\s"'])-P\s*["']?)([^\s"'\\-][^\s"'\\]*)/g },
  { of: /redis-cli|valkey-cli/, flag: /((?:^|[\s"'])-a\s+["']?)([^\s"'\\-][^\s"'\\]*)/g },
  { of: /sshpass/, flag: /((?:^|[\s"'])-p)([^\s"'\\]{3,})/g },
  {
    of: /curl|ctr|wget|smbclient|rabbitmq|(?:^|\s)https? /,
    flag: /((?:^|[\s"'])(?:-[uU]|--user|--proxy-user|-a)[\s=]*["'\\]{0,3}[^\s"'\\:]{1,128}:)([^\s"'\\]+)/g,
  },
  {
    of: /openssl|keytool/,
    flag: /((?:^|[\s"'])-(?:passin|passout|pass|k|storepass|keypass)\s+(?:pass:)?)([^\s"'\\-][^\s"'\\]*)/g,
  },
];
const ANY = new RegExp(SHORT.map(({ of }) => of.source).join('|'));
/** Marks, variables, ports, and what mysql has besides `-p`. */
const STAYS = /^(?:[{[]|\$|(?:[\d.]+:)?\d+(?::\d+)?(?:\/\w+)?$|(?:file|env|fd|stdin):|ort\b|rotocol\b|ath\b)/;

/** Replaces passwords behind short flags, as in `mysql -pV` or `curl -u user:V`. */
export function redactCommands(text: string, marker: Marker): string {
  if (!/(?:^|[\s"'])-/.test(text) || !ANY.test(text)) return text;
  let redacted = text;
  for (const { of, flag } of SHORT)
    if (of.test(redacted))
      redacted = redacted.replace(flag, (whole: string, before: string, secret: string) =>
        STAYS.test(secret) ? whole : before + marker.mark('password', secret),
      );
  return redacted;
}

/** What a flag that stands alone says of the argument after it, or nothing. */
export function flagHint(argument: string): ReturnType<typeof hintOf> {
  const flag = /^--?([A-Za-z][\w.-]{0,99})$/.exec(argument)?.[1];
  return flag === undefined ? undefined : hintOf(flag);
}

/** The elements of a command line: `--password`, `V` as well as `--password=V`. */
export function redactArguments(
  list: readonly string[],
  one: (text: string) => string,
  marker: Marker,
): string[] {
  return list.map((argument, index) => {
    const hint = flagHint(list[index - 1] ?? '');
    if (!hint || /^--?[A-Za-z]/.test(argument)) return redactShort(list, index, marker) ?? one(argument);
    if (isHarmless(argument, hint, { quoted: true, assigned: true })) return one(argument);
    return marker.mark(hint.kind, argument);
  });
}

/** `-p`, `V` of a known program. */
function redactShort(list: readonly string[], index: number, marker: Marker): string | undefined {
  const argument = list[index] ?? '';
  if (!/^-[pPaw]$/.test(list[index - 1] ?? '') || /\s/.test(argument)) return undefined;
  const line = list.slice(Math.max(0, index - 20), index + 1).join(' ');
  const redacted = redactCommands(line, marker);
  return redacted === line ? undefined : redacted.slice(redacted.lastIndexOf(' ') + 1);
}
