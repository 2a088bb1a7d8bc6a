import { bundleOf, type Hostile, pod, podList, SOUND_POD } from './input.ts';

const ANSI = '\x1b]52;c;ZXZpbA==\x07\x1b[2J\x1b]0;title\x07';
const BIDI = '\u202egpj.exe\u2066\u200b';
const named = (name: unknown) => pod({ metadata: { name, namespace: 'shop' } });
const status = (over: object) => pod({ status: { ...SOUND_POD.status, ...over } });

/** The list of pods is this text. */
const pods = (name: string, text: () => string, says?: RegExp): Hostile => ({
  name: `pods.json: ${name}`,
  as: '.tar',
  bytes: () =>
    bundleOf({
      'objects/pods.json': text(),
      'objects/deployments.apps.json': podList().replaceAll('Pod', 'Deployment'),
    }),
  ...(says ? { says } : {}),
});
/** A file of another path is this text; the sound pod is beside it. */
const file = (path: string, name: string, text: () => string | Buffer, says?: RegExp): Hostile => ({
  name: `${path}: ${name}`,
  as: '.tar',
  bytes: () => bundleOf({ 'objects/pods.json': podList(), [path]: text().toString('latin1') }),
  says: says ?? /cart-0/,
});
const yaml = (name: string, text: () => string): Hostile =>
  file('cluster-resources/configmaps/shop.yaml', name, text);
const log = (name: string, text: () => string): Hostile => file('logs/shop/cart-0/cart.log', name, text);
const many = (count: number, make: (at: number) => unknown) =>
  Array.from({ length: count }, (_, at) => make(at));

/** JSON that is deep, broken, enormous or of other types than the API's. */
export const JSON_TEXTS: readonly Hostile[] = [
  pods('100,000 brackets', () => `${'['.repeat(100_000)}`),
  pods('5 million brackets', () => `{"kind":"PodList","items":${'['.repeat(5_000_000)}`),
  pods(
    'objects 100,000 deep',
    () => `{"kind":"PodList","items":[${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}]}`,
  ),
  pods('a status 10,000 deep', () =>
    podList().replace('"phase"', `"deep":${'['.repeat(10_000)}${']'.repeat(10_000)},"phase"`),
  ),
  pods(
    '__proto__ and constructor as fields',
    () =>
      podList().replace(
        '"phase"',
        '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"phase"',
      ),
    /cart-0/,
  ),
  pods('a pod named __proto__', () => podList(named('__proto__')), /cart-0/),
  pods(
    'a pod named constructor',
    () => podList(named('constructor'), named('toString'), named('hasOwnProperty')),
    /cart-0/,
  ),
  pods('a pod named by a number', () => podList(named(7), named(1e21), named('0'), named('-1')), /cart-0/),
  pods('a pod without a name', () => podList(named(undefined), named(''), named(null)), /cart-0/),
  pods('a pod named by an object', () => podList(named({ a: 1 }), named([1])), /cart-0/),
  pods(
    'a namespace named __proto__',
    () => podList(pod({ metadata: { name: 'a', namespace: '__proto__' } })),
    /cart-0/,
  ),
  pods('names with terminal sequences', () => podList(named(`cart${ANSI}`)), /cart-0/),
  pods('names that turn their direction', () => podList(named(`cart${BIDI}`)), /cart-0/),
  pods(
    'names with HTML',
    () => podList(named('</script><script>alert(1)</script>'), named('"><img src=x onerror=alert(1)>')),
    /cart-0/,
  ),
  pods(
    'names with template marks',
    () => podList(named('{{constructor.constructor "return 1"}}'), named('{{{x}}}'), named('$' + '{7*7}')),
    /cart-0/,
  ),
  pods(
    'names with formulas and Markdown',
    () => podList(named('=cmd|x'), named('@everyone'), named('`rm -rf`\n\n# x')),
    /cart-0/,
  ),
  pods('names of a megabyte', () => podList(named('x'.repeat(1_000_000))), /cart-0/),
  pods(
    'names with NUL and lone surrogates',
    () => podList(named('a\0b'), named('\ud800'), named('\udfff\ud800')),
    /cart-0/,
  ),
  pods('numbers beyond all bounds', () =>
    podList().replace(
      '"restartCount":0',
      '"restartCount":1e999,"x":-1e999,"y":123456789012345678901234567890',
    ),
  ),
  pods(
    'negative counts',
    () =>
      podList(
        status({
          containerStatuses: [{ name: 'cart', restartCount: -5, state: { terminated: { exitCode: -1 } } }],
        }),
      ),
    /cart-0/,
  ),
  pods(
    'exit codes of other types',
    () =>
      podList(
        status({
          containerStatuses: [
            { name: 'cart', restartCount: 'many', state: { terminated: { exitCode: '1; rm' } } },
          ],
        }),
      ),
    /cart-0/,
  ),
  pods(
    'times that are none',
    () =>
      podList(
        pod({
          metadata: {
            name: 'late',
            namespace: 'shop',
            creationTimestamp: '0000-00-00T00:00:00Z',
            deletionTimestamp: '9999-12-31T23:59:60Z',
          },
        }),
      ),
    /cart-0/,
  ),
  pods(
    'times of other types',
    () => podList(pod({ metadata: { name: 'late', namespace: 'shop', creationTimestamp: 1e300 } })),
    /cart-0/,
  ),
  pods(
    'quantities beyond all bounds',
    () =>
      podList(
        pod({
          spec: {
            containers: [
              {
                name: 'c',
                resources: {
                  requests: { cpu: '1e999999', memory: '9'.repeat(10_000), x: '1KiKiKi' },
                  limits: { cpu: -1, memory: {} },
                },
              },
            ],
          },
        }),
      ),
    /cart-0/,
  ),
  pods('items that are no objects', () => podList(null, 1, 'a', [], true), /cart-0/),
  pods('items: null', () => '{"kind":"PodList","items":null}'),
  pods('items: a text', () => '{"kind":"PodList","items":"all of them"}'),
  pods('items: an object', () => '{"kind":"PodList","items":{"0":{}}}'),
  pods(
    'containers: an object',
    () =>
      podList(
        pod({
          spec: { containers: { length: 1e9 } },
          status: { containerStatuses: { 0: 'x' }, conditions: 'Ready' },
        }),
      ),
    /cart-0/,
  ),
  pods('kind: __proto__', () => podList().replace('"PodList"', '"__proto__"')),
  pods('kind: constructorList', () => podList().replace('"PodList"', '"constructorList"')),
  pods('kind: a number', () => podList().replace('"PodList"', '7')),
  pods('no kind at all', () => podList().replace('"kind":"PodList",', '')),
  pods(
    '200,000 pods in one list',
    () =>
      `{"kind":"PodList","items":[${JSON.stringify(SOUND_POD)}${',{"metadata":{"name":"a","namespace":"b"}}'.repeat(200_000)}]}`,
    /cart-0/,
  ),
  pods(
    '10,000 containers in one pod',
    () =>
      podList(
        pod({
          metadata: { name: 'wide', namespace: 'shop' },
          spec: { containers: many(10_000, (at) => ({ name: `c${at}`, image: 'x' })) },
        }),
      ),
    /cart-0/,
  ),
  pods(
    '50,000 labels',
    () =>
      podList(
        pod({
          metadata: {
            name: 'l',
            namespace: 'shop',
            labels: Object.fromEntries(many(50_000, (at) => [`k${at}`, 'v']) as [string, string][]),
          },
        }),
      ),
    /cart-0/,
  ),
  pods(
    'an owner that owns itself',
    () =>
      podList(
        pod({
          metadata: {
            name: 'ring',
            namespace: 'shop',
            uid: 'u1',
            ownerReferences: [{ kind: 'Pod', name: 'ring', uid: 'u1', controller: true }],
          },
        }),
      ),
    /cart-0/,
  ),
  pods(
    'owners in a ring',
    () =>
      podList(
        ...many(3, (at) =>
          pod({
            metadata: {
              name: `r${at}`,
              namespace: 'shop',
              uid: `u${at}`,
              ownerReferences: [
                { kind: 'Pod', name: `r${(at + 1) % 3}`, uid: `u${(at + 1) % 3}`, controller: true },
              ],
            },
          }),
        ),
      ),
    /cart-0/,
  ),
  pods(
    'a chain of 2,000 owners',
    () =>
      podList(
        ...many(2_000, (at) =>
          pod({
            metadata: {
              name: `c${at}`,
              namespace: 'shop',
              uid: `u${at}`,
              ownerReferences: [{ kind: 'Pod', name: `c${at + 1}`, uid: `u${at + 1}`, controller: true }],
            },
          }),
        ),
      ),
    /cart-0/,
  ),
  pods('a string of 40 MB', () =>
    podList(named('big')).replace('manifest for', `manifest ${'x'.repeat(40_000_000)} for`),
  ),
  pods(
    'a message of 5 MB of one word',
    () => podList(status({ message: 'error '.repeat(900_000) })),
    /cart-0/,
  ),
  pods('cut in the middle', () => podList(...many(100, (at) => named(`p${at}`))).slice(0, -3000)),
  pods('cut within an escape', () => podList().slice(0, 60).concat('\\u00')),
  pods('a byte order mark', () => `\ufeff${podList()}`),
  pods('invalid UTF-8', () => podList(named('caf\xe9\xff'))),
  pods('the same field twice', () => podList().replace('"phase"', '"phase":{},"phase"')),
  pods('two documents in a row', () => `${podList()}\n${podList()}`),
  pods('HTML of a proxy', () => '<!doctype html><html><body>502 Bad Gateway</body></html>'),
  pods('nothing', () => ''),
  file(
    'objects/events.json',
    '100,000 equal events',
    () =>
      `{"kind":"EventList","items":[${many(100_000, () => '{"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"cart-0","namespace":"shop"},"reason":"BackOff","message":"Back-off pulling image"}').join(',')}]}`,
  ),
  file('objects/events.json', 'counts and times of other types', () =>
    JSON.stringify({
      kind: 'EventList',
      items: [
        { count: 1e300, lastTimestamp: 5, message: { a: 1 }, involvedObject: [], series: 'x', reason: ANSI },
      ],
    }),
  ),
];

/** YAML that expands, nests, merges or names types. */
export const YAML_TEXTS: readonly Hostile[] = [
  yaml(
    'aliases that expand',
    () =>
      `a: &a [x,x]\n${many(30, (at) => `b${at}: &b${at} [*${at === 0 ? 'a' : `b${at - 1}`},*${at === 0 ? 'a' : `b${at - 1}`}]`).join('\n')}\n`,
  ),
  yaml('100,000 brackets, twice', () => `${'['.repeat(100_000)}\n---\n${'['.repeat(2_000)}`),
  yaml('2,000 brackets after 500', () => `a: ${'['.repeat(500)}\n---\nb: ${'['.repeat(10_000)}`),
  yaml('10,000 braces', () => '{a: '.repeat(10_000)),
  yaml('10,000 levels by indentation', () => many(5_000, (at) => `${' '.repeat(at)}a:`).join('\n')),
  yaml('100,000 dashes', () => '- '.repeat(100_000)),
  yaml(
    'merge keys',
    () => 'a: &a {polluted: 1}\nb:\n  <<: *a\n  __proto__: {polluted: 1}\n  <<: {__proto__: {polluted: 1}}\n',
  ),
  yaml(
    '__proto__ as a list of items',
    () =>
      'kind: List\nitems:\n- __proto__: {kind: Pod}\n  kind: ConfigMap\n  metadata: {name: constructor, namespace: __proto__}\n',
  ),
  yaml(
    'tags of other languages',
    () =>
      'a: !!js/function "function(){ throw 1 }"\nb: !!python/object/apply:os.system ["id"]\nc: !<tag:yaml.org,2002:js/undefined> ""\nd: !ruby/object:X {}\n',
  ),
  yaml('binary that is none', () => 'kind: ConfigMap\nbinaryData:\n  a: !!binary "%%%%"\n'),
  yaml('50,000 anchors', () => many(50_000, (at) => `- &a${at} x`).join('\n')),
  yaml('50,000 documents', () => '---\nkind: ConfigMap\n'.repeat(50_000)),
  yaml('tabs', () => 'kind: ConfigMap\n\tdata:\n\t\ta: b\n'),
  yaml('a quote that never ends', () => `kind: ConfigMap\ndata:\n  a: "${'x'.repeat(100_000)}`),
  yaml('keys that are lists', () => '? [a, b]\n: {c: d}\n? {e: f}\n: g\n'),
  yaml('a version of YAML that is none', () => '%YAML 9.9\n%TAG ! tag:x,2000:\n---\nkind: ConfigMap\n'),
  yaml('the same key twice', () => 'kind: ConfigMap\nkind: Pod\nmetadata: {name: a}\nmetadata: {name: b}\n'),
  yaml('a self reference', () => 'a: &a\n  b: *a\n'),
];

/** Logs that are no text, have no lines or are made for expressions. */
export const LOGS: readonly Hostile[] = [
  log('NUL bytes', () => 'start\0\0error\0 panic: x\n'.repeat(1000)),
  log('UTF-16', () =>
    Buffer.from('\ufeffpanic: runtime error\r\n'.repeat(1000), 'utf16le').toString('latin1'),
  ),
  log('terminal sequences', () => `${ANSI}panic: ${ANSI}\n`.repeat(1000)),
  log('one line of 50 MB', () => `${'x'.repeat(50_000_000)}\n`),
  log('one line of 20 MB of errors', () => `${'error code= '.repeat(1_700_000)}\n`),
  log('nothing but line ends', () => '\n'.repeat(5_000_000)),
  log('nothing but carriage returns', () => '\r'.repeat(2_000_000)),
  log('noise', () => Buffer.from(many(200_000, (at) => (at * 7919) % 251) as number[]).toString('latin1')),
  log('opening brackets', () => `${'('.repeat(16_000)}\n`.repeat(20)),
  log('blanks', () => `${' '.repeat(16_000)}x\n`.repeat(50)),
  log('digits and dots', () => `${'1.'.repeat(8_000)}\n`.repeat(50)),
  log('quotes and backslashes', () => `${'\\"'.repeat(8_000)}\n`.repeat(50)),
  log('colons', () => `${'a:'.repeat(8_000)}\n`.repeat(50)),
  log('at signs and slashes', () => `${'http://a:b@'.repeat(1_500)}\n`.repeat(50)),
  log('equal signs', () => `${'password='.repeat(1_800)}\n`.repeat(20)),
  log(
    'a stack that never ends',
    () => `Traceback (most recent call last):\n${'  File "x.py", line 1, in <module>\n'.repeat(100_000)}`,
  ),
  log('template marks', () => '{{#each this}}{{{.}}}{{/each}} panic: {{constructor}}\n'.repeat(100)),
  log('HTML and Markdown', () =>
    'panic: </script><img src=x onerror=alert(1)> ``` @all [x](javascript:alert(1))\n'.repeat(100),
  ),
  log(
    'times before and after all time',
    () => '0000-00-00T99:99:99Z panic: x\n9999-12-31T23:59:60.999999999Z panic: y\n-1 panic\n',
  ),
  log('text that turns its direction', () => `panic: ${BIDI}\n`.repeat(100)),
];

/** The other texts of a bundle. */
export const TEXTS: readonly Hostile[] = [
  file(
    'ledger.tsv',
    'rows of other columns',
    () => 'id\tpath\n\t\t\t\t\n__proto__\tconstructor\n1\t../../etc/passwd\n',
  ),
  file(
    'ledger.tsv',
    '200,000 rows',
    () => `id\tpath\targv\tclass\n${'1\tobjects/pods.json\tkubectl\tforbidden\n'.repeat(200_000)}`,
    /./,
  ),
  file('ledger.tsv', 'no header', () => 'x'.repeat(100_000)),
  file('about.txt', 'keys of JavaScript', () => '__proto__=x\nconstructor=y\nlayout=__proto__\ntime=never\n'),
  file('about.txt', 'a layout of the future', () => 'layout=99\ncollector=9.9\n', /layout 99|layout=99|99/),
  file('describe/shop/pods.txt', 'a million blanks', () => `Name:${' '.repeat(1_000_000)}x\n`),
  file('describe/shop/pods.txt', '100,000 levels', () =>
    many(3_000, (at) => `${'  '.repeat(at)}A:`).join('\n'),
  ),
  file(
    'describe/shop/pods.txt',
    'names of JavaScript',
    () =>
      'Name:         __proto__\nNamespace:    constructor\nContainers:\n  __proto__:\n    State: Waiting\n      Reason: toString\n',
  ),
  file('describe/shop/pods.txt', '50,000 pods', () =>
    'Name:         a\nNamespace:    shop\nStatus:       Running\n\n'.repeat(50_000),
  ),
  file(
    'describe/nodes.txt',
    'columns without end',
    () => `Name: n\nConditions:\n  Type${' '.repeat(10_000)}Status\n${'  x '.repeat(50_000)}\n`,
  ),
  file(
    'top/pods.txt',
    'numbers that are none',
    () =>
      'NAMESPACE NAME CPU(cores) MEMORY(bytes)\nshop cart 1e999m NaNMi\nshop\n__proto__ constructor -1m -1Mi\n',
  ),
  file(
    'nodes/n1/kubelet.log',
    'one line of 20 MB',
    () => `Nov 22 12:00:00 n1 kubelet[1]: ${'E1122 '.repeat(3_500_000)}\n`,
  ),
  file('nodes/../../etc/passwd', 'a path that climbs out', () => 'root:x:0:0\n'),
  file('nodes/n1/certificates.txt', 'times that are none', () =>
    'notAfter=Feb 31 99:99:99 99999 GMT\n'.repeat(1000),
  ),
];
