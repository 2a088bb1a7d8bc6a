/** What the name of a field, variable, flag or header says about its value. */
export type Hint = {
  readonly kind: string;
  /** The value is only secret when it looks random. */
  readonly weak: boolean;
  /** The name as lower-case letters and digits. */
  readonly word: string;
};

/** Tools keep whole objects in these annotations, with every secret that the object had. */
const OBJECT_COPY =
  /last-applied-configuration$|^kapp\.k14s\.io\/original|^objectset\.rio\.cattle\.io\/applied|^pulumi\.com\/|^banzaicloud\.com\/last-applied$/i;

/** `password_file`, `tokenPath`, `secretName`: about the secret, not the secret. */
const ABOUT =
  /(?:file|path|dir|directory|names?|refs?|namespace|policy|encryption|length|seconds|expir(?:ation|y|es|ed)|ttl|types?|url|uri|endpoint|host|port|hash|algorithm|enabled|required|count|size|ids?|checksum|version|provider|issuer|audiences?|format|mode|bucket|limits?|timeout|interval|age|class|store|mount|volume|method|selector|reviews?|requests?|attempts|controller|usage|kind|status|state|errors?|reason|message|failed|rotation|prefix|header|source|backend|scope|realm|service|servers|template|manager|operator|generator|cleaner|signer|publickey|stdin|prompt|optional|created|updated|label|title|description|plugin|resource|resources|group|groups|lookup|scopes|fields?|column|driver|alias|rules?|keys?name|valid|invalid|changed|strength|validator|hint|helper)$/;

/** `password-reset.html`: a file, whose content speaks for itself. */
const FILE_NAME =
  /\.(?:ya?ml|json|properties|conf|cnf|cfg|ini|xml|html?|tpl|tmpl|sh|py|js|ts|md|toml|env|sql|crt|cer)$/i;

type Rule = { readonly is: RegExp; readonly kind: string; readonly weak?: true };

/** Read before `ABOUT`: these end like something harmless. */
const EXACT: readonly Rule[] = [
  { is: /(?:passwords?|passwd|pass)hash(?:es)?$/, kind: 'password' },
  { is: /(?:sessionid|sessid|connectsid|phpsessid)$/, kind: 'session' },
  { is: /(?:dockerconfigjson|dockercfg)$/, kind: 'credentials' },
];

const RULES: readonly Rule[] = [
  {
    is: /password|passwd|passwort|passphrase|passcode|kennwort|contrasena|motdepasse|senha$/,
    kind: 'password',
  },
  {
    is: /(?:pgpass|pwd|bindpw|rootpw|dbpw|userpw|dbpass|userpass|adminpass|rootpass|mysqlpass|redispass|requirepass|masterauth|smtppass|mailpass|ldappass|mypass|proxypass|storepass|keypass|authpass|sasl?pass)\d*$/,
    kind: 'password',
  },
  { is: /(?:secret|secretvalue|secretdata|secretkey|psk|presharedkey|sharedsecret)\d*$/, kind: 'secret' },
  {
    is: /(?:token|tokenvalue|tokendata|jwt|jws|bearer|accesskey|apikey|appkey|authkey|userkey|tokensecret)\d*$/,
    kind: 'token',
  },
  {
    is: /(?:privatekey|accountkey|sharedkey|sharedaccesskey|clientkey|clientkeydata|keydata|encryptionkey|masterkey|rootkey|signingkey|certificatekey|tlskey|serverkey|sshkey|deploykey|hostkey|rsakey|eckey|restuserkey|integrationkey|licensekey|storagekey|unsealkeys?|recoverykeys?|cipherkey|hmackey|secretkeybase|keyring)\d*$/,
    kind: 'key',
  },
  { is: /(?:credential|credentials)$/, kind: 'credentials' },
  { is: /^(?:proxy|x)?authorization$/, kind: 'authorization' },
  { is: /cookie\d?$/, kind: 'cookie' },
  { is: /sessiontoken$/, kind: 'session' },
  { is: /(?:amzsignature|googsignature|^sig)$/, kind: 'signature' },
  { is: /(?:connectionstring|connstring|connstr|userdatabase64|cloudinitbase64)$/, kind: 'credentials' },
  { is: /^community$/, kind: 'community' },
  { is: /^(?:release|auth)$/, kind: 'key', weak: true },
  {
    is: /(?:key|keys|tokens|secrets|authentication|sig|signature|sid|session|code|salt|nonce|userdata|seed|otp|pin|webhook|webhookurl|license|creds?|dsn|pass|pw)\d*$/,
    kind: 'key',
    weak: true,
  },
  {
    is: /apikey|secretkey|accesskey|privatekey|signingkey|encryptionkey|authkey|token|secret/,
    kind: 'key',
    weak: true,
  },
];

const cache = new Map<string, Hint | null>();

/** What a name says about its value, or nothing when the value may stay. */
export function hintOf(name: string): Hint | undefined {
  const known = cache.get(name);
  if (known !== undefined) return known ?? undefined;
  const hint = judge(name);
  if (cache.size > 20_000) cache.clear();
  cache.set(name, hint ?? null);
  return hint;
}

function judge(name: string): Hint | undefined {
  if (OBJECT_COPY.test(name)) return { kind: 'object-copy', weak: false, word: 'objectcopy' };
  if (/token-secret\.value$/i.test(name)) return { kind: 'token', weak: false, word: 'token' };
  if (/^redacted/i.test(name) || /checksum\//i.test(name)) return undefined;
  const last = name.replace(/^.*\//, '');
  if (FILE_NAME.test(last)) return undefined;
  const word = last.toLowerCase().replace(/[^a-z0-9]/g, '');
  // A word of its own: `db_pass`, `rootPw`, but neither `bypass` nor `compass`.
  if (/(?:^|[_.-])(?:pass|pw)\d*$/i.test(last) || /[a-z]P(?:ass|w)$/.test(last))
    return { kind: 'password', weak: false, word };
  const exact = EXACT.find(({ is }) => is.test(word));
  if (exact) return { kind: exact.kind, weak: false, word };
  if (ABOUT.test(word)) return undefined;
  const rule = RULES.find(({ is }) => is.test(word));
  return rule && { kind: rule.kind, weak: rule.weak ?? false, word };
}
