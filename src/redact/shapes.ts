import type { Marker } from './marks.ts';

/** Keys that their issuers gave a shape of their own, by the shape. Each begins with letters that tell it at once. */
const SHAPES: readonly (readonly [kind: string, shape: string])[] = [
  ['jwt', 'ey[JKI][A-Za-z0-9_-]{8,}\\.ey[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]*)?'],
  ['jwt', 'eyJ[A-Za-z0-9_-]{12,}\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+){0,2}'],
  ['aws-key-id', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{8,}'],
  ['aws-key', 'ABSK[A-Za-z0-9+/]{40,}={0,2}'],
  ['aws-session', '(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/=%_-]{6,}'],
  ['google-key', 'AIza[A-Za-z0-9_-]{6,}'],
  ['google-token', 'ya29\\.[A-Za-z0-9_.-]+'],
  ['google-token', 'GOCSPX-[A-Za-z0-9_-]{8,}'],
  ['google-token', '1//0[A-Za-z0-9_-]{20,}'],
  ['github-token', 'gh[pousr]_[A-Za-z0-9_]{6,}'],
  ['github-token', 'github_pat_[A-Za-z0-9_]{6,}'],
  ['gitlab-token', 'gl(?:pat|ptt|rt|cbt|dt|ft|soat|imt|agent|oas|ffct)-[A-Za-z0-9_.-]{6,}'],
  ['gitlab-token', 'GR1348941[A-Za-z0-9_-]{8,}'],
  ['slack-token', 'xox[a-z]-[A-Za-z0-9.-]{6,}'],
  ['slack-token', 'xapp-[A-Za-z0-9-]{10,}'],
  ['stripe-key', '(?:[rsp]k_(?:live|test)_|whsec_)[A-Za-z0-9]{6,}'],
  ['sendgrid-key', 'SG\\.[A-Za-z0-9_-]{6,}\\.[A-Za-z0-9_-]{4,}'],
  ['twilio-key', 'SK[0-9a-f]{32}'],
  ['mailgun-key', 'key-[0-9a-f]{32}'],
  ['vault-token', 'hv[sbr]\\.[A-Za-z0-9_-]{6,}'],
  ['vault-token', 's\\.[A-Za-z0-9]{24}'],
  ['docker-token', 'dckr_[a-z]+_[A-Za-z0-9_-]{6,}'],
  ['grafana-token', 'gl(?:sa|c)_[A-Za-z0-9_=-]{6,}'],
  ['huggingface-token', '(?:hf|api_org)_[A-Za-z0-9]{10,}'],
  ['npm-token', 'npm_[A-Za-z0-9]{10,}'],
  ['pypi-token', 'pypi-[A-Za-z0-9_-]{16,}'],
  ['rubygems-token', 'rubygems_[0-9a-f]{20,}'],
  ['api-key', 'sk-(?:ant|proj|svcacct|admin|or|lf)-[A-Za-z0-9_-]{6,}'],
  ['api-key', 'sk-[A-Za-z0-9]{20,}'],
  ['api-key', '(?:gsk_|r8_|xai-|pplx-|nvapi-)[A-Za-z0-9_-]{20,}'],
  ['atlassian-token', '(?:ATATT|ATCTT|ATBB)[A-Za-z0-9_=-]{16,}'],
  ['digitalocean-token', 'do[opr]_v1_[0-9a-f]{16,}'],
  ['shopify-token', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{16,}'],
  ['square-token', 'sq0[a-z]{3}-[A-Za-z0-9_-]{16,}'],
  ['databricks-token', 'dapi[0-9a-f]{32}'],
  ['doppler-token', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9_.-]{16,}'],
  ['newrelic-key', 'NR(?:AK|JS|II)-[A-Za-z0-9_-]{16,}'],
  ['sentry-token', 'sntry[su]_[A-Za-z0-9+/=_-]{16,}'],
  ['postman-key', 'PMAK-[0-9a-f-]{16,}'],
  ['linear-key', 'lin_api_[A-Za-z0-9]{16,}'],
  ['notion-token', 'ntn_[A-Za-z0-9]{16,}'],
  ['supabase-token', 'sbp_[0-9a-f]{16,}'],
  ['tailscale-key', 'tskey-[a-z]+-[A-Za-z0-9-]{8,}'],
  ['planetscale-token', 'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{16,}'],
  ['artifactory-token', 'AKCp[A-Za-z0-9]{20,}'],
  ['artifactory-token', 'cmVmdGtu[A-Za-z0-9]{20,}'],
  ['alibaba-key-id', 'LTAI[A-Za-z0-9]{12,}'],
  ['age-key', 'AGE-SECRET-KEY-[A-Z0-9-]+'],
  ['openshift-token', 'sha256~[A-Za-z0-9_-]+'],
  ['node-token', 'K10[0-9a-f]{8,}(?:::[^\\s"\'\\\\,;]{0,256})?'],
  ['rancher-token', 'token-[a-z0-9]{5}:[a-z0-9]{8,}'],
  ['rancher-token', '(?<=/v3/import/)[A-Za-z0-9]{20,}(?:_c-[A-Za-z0-9-]+)?'],
  [
    'password-hash',
    '\\$(?:2[abxy]?|[156y]|7|gy|apr1|argon2[a-z]*|pbkdf2[a-z0-9-]*)\\$[A-Za-z0-9./+=,$-]{8,}',
  ],
  ['password-hash', 'SCRAM-SHA-(?:1|256)\\$\\d+:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=:]+'],
  ['password-hash', '\\{S?SHA(?:256|512)?\\}[A-Za-z0-9+/=]{16,}'],
  // A private key without its BEGIN line, in DER: PKCS#8, PKCS#1, SEC1, OpenSSH.
  [
    'private-key',
    'MII[A-Za-z0-9+/]{2,3}(?:BADANBgkqhkiG9w0BAQEFAAS|IBADANBgkqhkiG9w0BAQEF|IBAAKC)[A-Za-z0-9+/=_-]+',
  ],
  [
    'private-key',
    '(?:MHcCAQEE|MIGkAgEBB|MIHcAgEBB|MIGHAgEAM|MC4CAQAwBQYDK2Vw|b3BlbnNzaC1rZXktdj)[A-Za-z0-9+/=_-]{16,}',
  ],
];

/** Shapes that begin like any word: looked for only where their sign stands. */
const SIGNED: readonly (readonly [kind: string, sign: string, shape: RegExp])[] = [
  [
    'slack-webhook',
    'hooks.slack.com/',
    /(?:https?:\/\/)?hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9_/+-]+/g,
  ],
  [
    'discord-webhook',
    '/api/webhooks/',
    /(?:https?:\/\/)?discord(?:app)?\.com\/api\/webhooks\/\d+\/[A-Za-z0-9_-]+/g,
  ],
  [
    'teams-webhook',
    'webhook.office.com',
    /(?:https?:\/\/)?(?<![a-z0-9.-])[a-z0-9.-]{0,80}webhook\.office\.com\/[A-Za-z0-9@/_-]+/g,
  ],
  ['telegram-token', ':AA', /(?<![A-Za-z0-9])(?:bot)?\d{8,10}:AA[A-Za-z0-9_-]{32,}/g],
  ['mailchimp-key', '-us', /(?<![A-Za-z0-9])[0-9a-f]{32}-us\d{1,2}/g],
  ['terraform-token', '.atlasv1.', /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{16,}/g],
  ['azure-secret', 'Q~', /(?<![A-Za-z0-9])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{8,}/g],
];

/** A tail that is no hexadecimal number, as in the name of an event, and nothing that hangs on the token. */
const KUBEADM =
  /(?<![A-Za-z0-9_.@/-])[a-z0-9]{6}\.(?=[a-z0-9]{0,15}[g-z])(?=[a-z]{0,15}\d)[a-z0-9]{16}(?![A-Za-z0-9.-])/g;

/** The signs of `SHAPES`, to pass over lines that have none. */
const SIGNS =
  /(?<![A-Za-z0-9])(?:ey[JKI]|A[KSB]IA|ACCA|ABSK|IQoJ|F[wQ]oG|AIza|ya29|GOCSPX|1\/\/0|gh[pousr]_|github_pat|gl[a-z]{1,4}[-_]|GR1348|xox|xapp|[rsp]k_|whsec|SG\.|SK[0-9a-f]|key-|hv[sbr]\.|s\.|dckr|hf_|api_org|npm_|pypi-|rubygems|sk-|gsk_|r8_|xai-|pplx|nvapi|AT[ACB]|do[opr]_|shp|sq0|dapi|dp\.|NR[AJI]|sntry|PMAK|lin_api|ntn_|sbp_|tskey|pscale|AKCp|cmVm|LTAI|AGE-S|sha256~|K10|token-|import|\$|SCRAM|\{S|MI[IGH]|M[HC][c4C]|MIG|b3Bl)/;

const ALL = new RegExp(`(?<![A-Za-z0-9])(?:${SHAPES.map(([, shape]) => `(${shape})`).join('|')})`, 'g');

/** Replaces keys and tokens whose shape alone tells them. */
export function redactShapes(text: string, marker: Marker): string {
  let redacted = SIGNS.test(text) ? redactLiteral(text, marker) : text;
  for (const [kind, sign, shape] of SIGNED)
    if (redacted.includes(sign)) redacted = redacted.replace(shape, (token) => marker.mark(kind, token));
  return redacted.includes('.')
    ? redacted.replace(KUBEADM, (token) => marker.mark('kubeadm-token', token))
    : redacted;
}

function redactLiteral(text: string, marker: Marker): string {
  return text.replace(ALL, (...found: (string | undefined)[]) => {
    const whole = found[0] ?? '';
    const shape = found.findIndex(
      (group, index) => index > 0 && index <= SHAPES.length && group !== undefined,
    );
    const kind = SHAPES[shape - 1]?.[0] ?? 'token';
    if (whole.startsWith('s.') && !/\d/.test(whole)) return whole;
    return marker.mark(kind, whole);
  });
}

const AUTHORIZED = /(?<![A-Za-z])(bearer|basic|negotiate)([ ]+|%20)([A-Za-z0-9+/=_.~-]{4,})(?!=)/gi;

/** Replaces what follows `Bearer` or `Basic` without a name before it. */
export function redactSchemes(text: string, marker: Marker): string {
  return text.replace(AUTHORIZED, (whole: string, scheme: string, space: string, said: string) => {
    if (!isCredential(scheme, said)) return whole;
    return `${scheme}${space}${marker.mark('authorization', said)}`;
  });
}

function isCredential(scheme: string, said: string): boolean {
  if (/^realm=|^charset=/i.test(said)) return false;
  if (/^basic$/i.test(scheme)) return said.length >= 8 && (/[0-9]/.test(said) || said.endsWith('='));
  return said.length >= 16 && /[0-9]/.test(said);
}
