import { createHash } from 'node:crypto';

/** Made-up secrets in the places where real ones are found, and look-alikes that must stay as they are. */
export interface Canary {
  readonly name: string;
  /** The text in which it is planted. */
  readonly text: string;
  /** Strings of which no six characters in a row may be left. Empty for a look-alike: then the whole text must stay. */
  readonly secrets: readonly string[];
}

/** Every canary, with values drawn from the seed; hard puts punctuation into passwords. */
export function canaries(seed: number, hard: boolean): Canary[] {
  const draw = drawer(seed);
  const pick = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[draw(alphabet.length)] ?? '').join('');
  const word = () =>
    hard
      ? `${pick(LETTERS, 7)}${pick('!#%^*-_+.?~;,|(){}$&=', 1)}${pick(LETTERS, 7)}${pick('!#%^*_+.?~', 1)}q7`
      : `${pick(LETTERS, 14)}7x`;
  const secrets = [...places(word), ...tokens((length) => pick(LETTERS, length), pick), ...keys(pick)];
  return [...secrets, ...LOOK_ALIKES.map((text) => ({ name: text.slice(0, 40), text, secrets: [] }))];
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A stream of numbers below a limit that depends on the seed only. */
function drawer(seed: number): (limit: number) => number {
  let count = 0;
  return (limit) => createHash('sha256').update(`${seed}.${count++}`).digest().readUInt32BE(0) % limit;
}

function canary(name: string, secret: string, text: string, ...also: readonly string[]): Canary {
  return { name, text, secrets: [secret, ...also] };
}

const json = (value: unknown) => `${JSON.stringify(value, null, 4)}\n`;
const pod = (container: object) =>
  json({ kind: 'Pod', spec: { containers: [{ name: 'cart', ...container }] } });
const map = (data: object) => json({ apiVersion: 'v1', data, kind: 'ConfigMap', metadata: { name: 'shop' } });
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Passwords, where only the place tells that they are secret. */
function places(word: () => string): Canary[] {
  const at = (name: string, text: (secret: string) => string): Canary => {
    const secret = word();
    return canary(name, secret, text(secret));
  };
  return [
    at('env in JSON', (s) => pod({ env: [{ name: 'DB_PASSWORD', value: s }] })),
    at('env with an odd name', (s) => pod({ env: [{ name: 'PGPASS', value: s }] })),
    at('env in YAML', (s) => `env:\n- name: DB_PASSWORD\n  value: ${s}\n`),
    at('env in describe', (s) => `    Environment:\n      DB_PASSWORD:  ${s}\n      LEVEL:  info\n`),
    at('env with spaces', (s) => `    Environment:\n      BIND_PASSWORD:  three words ${s}\n`),
    at('env with quotes', (s) => pod({ env: [{ name: 'ADMIN_PASSWORD', value: `${s}"\\${s}` }] })),
    at('database URL in env', (s) =>
      pod({ env: [{ name: 'DATABASE_URL', value: `postgres://cart:${s}@db:5432/shop` }] }),
    ),
    at('JDBC', (s) =>
      pod({ env: [{ name: 'URL', value: `jdbc:sqlserver://db;user=sa;password=${s};encrypt=true` }] }),
    ),
    at('argument', (s) => pod({ args: ['--listen=:8080', `--password=${s}`] })),
    at('argument on two lines', (s) => pod({ args: ['--db-password', s, '--verbose'] })),
    at('argument in one line of JSON', (s) => JSON.stringify({ args: ['--db-password', s] })),
    at('argument in describe', (s) => `    Args:\n      --db-password\n      ${s}\n      --verbose\n`),
    at('glued mysql flag', (s) => pod({ command: ['sh', '-c', `mysql -h db -uroot -p${s} -e 'select 1'`] })),
    at('curl user', (s) => pod({ command: ['sh', '-c', `curl -sf -u probe:${s} http://cart:8080/health`] })),
    at('Java option', (s) =>
      pod({ env: [{ name: 'OPTS', value: `-Xmx1g -Djavax.net.ssl.keyStorePassword=${s} -Da=b` }] }),
    ),
    at('last applied', (s) =>
      json({
        metadata: {
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
              kind: 'Pod',
              env: [{ name: 'API_TOKEN', value: s }],
            }),
          },
        },
      }),
    ),
    at('copy of an object by another tool', (s) =>
      json({
        metadata: { annotations: { 'shop.example/original': JSON.stringify({ spec: { password: s } }) } },
      }),
    ),
    at('termination message', (s) =>
      json({ terminated: { message: `dial postgres://cart:${s}@db:5432/shop: refused\nexit` } }),
    ),
    at('properties', (s) =>
      map({ 'application.properties': `spring.datasource.password=${s}\nserver.port=8080\n` }),
    ),
    at('nested YAML', (s) => map({ 'config.yaml': `db:\n  host: db\n  password: ${s}\n  pool: 5\n` })),
    at('block of YAML', (s) => map({ 'values.yaml': `password: |\n  ${s}\nport: 1\n` })),
    at('XML', (s) =>
      map({ 'settings.xml': `<server><username>ci</username><password>${s}</password></server>` }),
    ),
    at('key of a ConfigMap', (s) => map({ ADMIN_PASSWORD: s, ADMIN_USER: 'admin' })),
    at('describe configmap', (s) => `Data\n====\napp.ini:\n----\n[db]\npassword = ${s}\nport = 5432\n`),
    at('Secret with a plain key', (s) =>
      json({ apiVersion: 'v1', data: { greeting: base64(s) }, kind: 'Secret', type: 'Opaque' }),
    ),
    at('Secret list', (s) =>
      json({ kind: 'SecretList', items: [{ metadata: { name: 'a' }, data: { greeting: base64(s) } }] }),
    ),
    at(
      'Secret in YAML',
      (s) => `apiVersion: v1\ndata:\n  greeting: ${base64(s)}\nkind: Secret\ntype: Opaque\n`,
    ),
    at('URL in a log', (s) => `ERROR Get https://deploy:${s}@git.shop.example/repo.git: timeout\n`),
    at('URL with an empty user', (s) => `connecting to redis://:${s}@redis:6379/0\n`),
    at('URL with @ in the password', (s) => `dial amqp://cart:${s}@p:q@mq.shop.svc:5672/v\n`),
    at('MySQL form', (s) => `ping: root:${s}@tcp(mysql.shop:3306)/shop?parseTime=true: timeout\n`),
    at('libpq form', (s) => `cannot connect: host=db port=5432 user=cart password=${s} dbname=shop\n`),
    at('structured log', (s) => `${JSON.stringify({ level: 'debug', user: 'bob', password: s })}\n`),
    at(
      'JSON in JSON',
      (s) => `${JSON.stringify({ level: 'error', body: JSON.stringify({ apiKey: s, q: 1 }) })}\n`,
    ),
    at('Python repr', (s) => `WARNING {'identity': {'url': 'http://10.0.0.1/v3', 'password': '${s}'}}\n`),
    at('quoted with spaces', (s) => `level=info client_secret="two words ${s}" status=401\n`),
    at('two in a line', (s) => `login password=${s} again password=${s} done\n`),
    at('colour codes', (s) => `password=\u001b[31m${s}\u001b[0m user=bob\n`),
    at('CRLF', (s) => `db.user=cart\r\ndb.password=${s}\r\n`),
    at('with a colon', (s) => `loaded user: cart, password: ${s}, tls: true\n`),
    at('ADO.NET', (s) => `Server=db;Database=shop;User Id=sa;Password=${s};TrustServerCertificate=true\n`),
    at('shell trace', (s) => `+ PGPASSWORD=${s}\n+ psql -h db -U cart\n`),
    at('sshpass', (s) => `+ sshpass -p ${s} ssh ops@10.0.0.3\n`),
    at('event', (s) =>
      json({ message: `failed to fetch oauth token: Get "https://puller:${s}@auth.shop/token": 401` }),
    ),
    at('mount options', (s) =>
      json({ message: `Mounting arguments: -t cifs -o username=svc,password=${s},vers=3.0 //nas/share` }),
    ),
    at('Helm values', (s) =>
      json({ spec: { valuesContent: `grafana:\n  adminPassword: ${s}\n  replicas: 2\n` } }),
    ),
    at('behind a long line', (s) => `${'x'.repeat(200_000)} password=${s} y\n`),
  ];
}

/** Tokens, of which the shape or the header tells. */
function tokens(
  letters: (length: number) => string,
  pick: (alphabet: string, length: number) => string,
): Canary[] {
  const hex = (length: number) => pick('0123456789abcdef', length);
  const lower = (length: number) => pick('abcdefghijkmnpqrstuvwxyz23456789', length);
  const upper = (length: number) => pick('ABCDEFGHJKLMNPQRSTUVWXYZ234567', length);
  const shape = (name: string, prefix: string, body: string, text: (token: string) => string): Canary =>
    canary(name, body, text(prefix + body));
  const plain = (token: string) => `using ${token} now\n`;
  return [
    shape('bearer', '', letters(48), (t) => `headers: Authorization: Bearer ${t} Accept: */*\n`),
    shape('basic', '', base64(`cart:${letters(16)}`), (t) => `> Authorization: Basic ${t}\n`),
    shape('JWT', 'eyJhbGciOiJIUzI1NiJ9.', `${letters(30)}.${letters(43)}`, plain),
    shape('API key header', '', hex(32), (t) => `headers map[X-Api-Key:[${t}] Accept:[*/*]]\n`),
    shape(
      'token header with a UUID',
      '',
      `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
      (t) => `X-Consul-Token: ${t}\n`,
    ),
    shape('cookie', '', letters(36), (t) => `> Cookie: theme=dark; connect.sid=s%3A${t}; lang=en\n`),
    shape('set-cookie', '', letters(43), (t) => `< Set-Cookie: JSESSIONID=${t}; Path=/; HttpOnly\n`),
    shape('query', '', letters(40), (t) => `GET /items?access_token=${t}&page=2 HTTP/1.1\n`),
    shape(
      'shared access signature',
      '',
      letters(43),
      (t) => `GET https://shop.example/c?sv=2022-11-02&sig=${t}\n`,
    ),
    shape(
      'presigned URL',
      '',
      hex(64),
      (t) => `GET https://b.example/k?X-Amz-Date=20260105T000000Z&X-Amz-Signature=${t}\n`,
    ),
    shape('AWS key id', 'AKIA', upper(16), plain),
    shape('AWS secret', '', letters(40), (t) => `aws_secret_access_key=${t} region=eu-west-1\n`),
    shape('Google key', `AI${'za'}`, letters(35), (t) => `GET /maps/api?key=${t}\n`),
    shape(
      'Azure storage',
      '',
      base64(letters(64)),
      (t) => `AccountName=shop;AccountKey=${t};EndpointSuffix=x\n`,
    ),
    shape(
      'GitHub',
      `gh${'p_'}`,
      letters(36),
      (t) => `could not read from https://${t}@git.example/o/r.git\n`,
    ),
    shape('GitLab', `gl${'pat-'}`, letters(20), plain),
    shape('Slack', `xo${'xb-'}`, `${pick('0123456789', 12)}-${letters(24)}`, plain),
    shape('Stripe', `sk${'_live_'}`, letters(24), plain),
    shape('Vault', `hv${'s.'}`, letters(95), plain),
    shape('npm', '', letters(36), (t) => map({ '.npmrc': `//registry.shop.example/:_authToken=${t}\n` })),
    shape('OpenShift', 'sha256~', letters(43), plain),
    shape(
      'kubeadm',
      '',
      `${lower(6)}.${lower(16)}`,
      (t) => `kubeadm join 10.0.0.1:6443 --token ${t} --discovery-token-ca-cert-hash x\n`,
    ),
    shape('certificate key', '', hex(64), (t) => `kubeadm join --control-plane --certificate-key ${t}\n`),
    shape('k3s', 'K10', `${hex(64)}::agent:${hex(32)}`, (t) => `preparing: token ${t} rejected\n`),
    shape('RKE2', '', letters(24), (t) =>
      map({ 'config.yaml': `server: https://10.0.0.1:9345\ntoken: ${t}\n` }),
    ),
    shape('Rancher', '', lower(54), (t) => `Authorization failed for token-${lower(5)}:${t}\n`),
    shape(
      'Rancher import',
      '',
      lower(54),
      (t) => `curl -sfL https://rancher.shop/v3/import/${t}_c-m-abc.yaml\n`,
    ),
    shape('otpauth', '', upper(32), (t) => `otpauth://totp/x?secret=${t}\n`),
    shape('bcrypt', '$2y$10$', letters(53), (t) => map({ auth: `admin:${t}\n` })),
    shape('crypt', '$6$', `${letters(16)}$${letters(86)}`, (t) =>
      map({ userData: `- name: ops\n  passwd: ${t}\n` }),
    ),
    shape('gzip in base64', 'H4sI', letters(90), (t) => map({ release: t })),
    shape('ceph key', '', `${letters(38)}==`, (t) =>
      json({ options: { adminKeyring: `[client.admin]\n\tkey = ${t}\n` } }),
    ),
    shape('docker config', '', base64(`ci:${letters(14)}`), (t) =>
      map({ 'config.json': JSON.stringify({ auths: { 'r.shop': { auth: t } } }) }),
    ),
  ];
}

/** Private keys, whole, cut at either end, with timestamps, on one line, in base64. */
function keys(pick: (alphabet: string, length: number) => string): Canary[] {
  const lines = () => Array.from({ length: 14 }, () => pick(`${LETTERS}+/`, 64));
  const fence = (what: string) => `-----${what} RSA ${'PRIVATE'} KEY-----`;
  const make = (name: string, text: (body: string[]) => string): Canary => {
    const body = lines();
    return canary(name, body[0] ?? '', text(body), ...body.slice(1));
  };
  const stamp = (line: string) => `2026-01-05T09:10:11.123456789Z ${line}\n`;
  return [
    make(
      'key over many lines',
      (body) => `dumping\n${[fence('BEGIN'), ...body, fence('END')].join('\n')}\ndone\n`,
    ),
    make('key with timestamps', (body) => [fence('BEGIN'), ...body, fence('END')].map(stamp).join('')),
    make('key without its end', (body) => `key\n${[fence('BEGIN'), ...body].join('\n')}\n`),
    make('key without its beginning', (body) => `${[...body, fence('END')].join('\n')}\ndone\n`),
    make('key in a ConfigMap', (body) =>
      map({ 'server.key': `${[fence('BEGIN'), ...body, fence('END')].join('\n')}\n` }),
    ),
    make(
      'key in a log line',
      (body) => `${JSON.stringify({ private_key: [fence('BEGIN'), ...body].join('\n') })}\n`,
    ),
    make('key in base64', (body) => `loaded ${base64([fence('BEGIN'), ...body].join('\n'))}\n`),
  ];
}

const LOOK_ALIKES = [
  'secret "db-credentials" not found',
  "Error: couldn't find key password in Secret shop/db",
  'secrets is forbidden: User "system:serviceaccount:shop:cart" cannot list resource "secrets" in API group ""',
  'FATAL: password authentication failed for user "cart"',
  'Unauthorized: invalid bearer token, token has expired',
  'failed to fetch anonymous token: Get "https://auth.shop.example/token": dial tcp 10.0.0.1:443: i/o timeout',
  'Www-Authenticate: Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
  'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
  'MountVolume.SetUp failed for volume "ldap-bind-password" : object "shop"/"ad-bind-password" not registered',
  'exec: "/etc/passwd": permission denied: unknown',
  'pulled registry.shop/cart@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  'container containerd://0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef exited with 137',
  'podUID=8d1f5c9e-050c-4495-954c-dac3bf810cf8 trace_id=4bf92f3577b34da6a3ce929d0e0e4736',
  'postgres://db.shop.svc:5432/shop?sslmode=require and redis://redis:6379/0',
  'clone ssh://git@git.example/shop/cart.git, notify oncall@example.com',
  'GET http://10.0.0.1:8080/a:b@c',
  'tokens=4096 max_tokens=512 tokenizer=bpe; token bucket rate limiter: rate=50 burst=100',
  'primary_key=id monkey=1 keyspace=app partition_key=tenant author=alice authorized=true',
  'tests passed: 12, bypass=false, compass=north',
  'cfg password=******** secretName: tls-wildcard-2026',
  "      DB_PASSWORD:  <set to the key 'password' in secret 'db'>  Optional: false",
  '        "--password=$(DB_PASSWORD)",',
  '        "--token-auth-file=/etc/kubernetes/tokens.csv",',
  'password_encryption = scram-sha-256',
  '"Unable to retrieve pull secret" pod="shop/cart" secret="" err="secret \\"regcred\\" not found"',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3k2mQwErTyUiOpAsDfGhJkLzXcVbNm1234567890ab ops@host',
  '                "key": "node-role.kubernetes.io/control-plane",',
  'x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error")',
  'window 2026-01-05T09:10:11Z/2026-01-05T10:10:11Z runtime go1.24.4 k8s v1.31.4+k3s1 0xc000123456',
];
