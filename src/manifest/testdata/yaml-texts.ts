/** Texts for the property tests of the readers and the editor: real-looking documents, mutations of them, and token soup. */
import * as fc from 'fast-check';

/** Documents in the styles that people write: indented and unindented lists, flow, every kind of scalar, comments. */
export const DOCUMENTS: readonly string[] = [
  `# a web server
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web   # the name
  labels: {app: web, tier: "front"}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
        version: "1.10"
    spec:
      containers:
      - name: web
        image: nginx:1.27
        args: ["--port", "80", '--name=it''s']
        command:
        - sh
        - -c
        - |
          set -e
          echo "hello: world" # not a comment

          exec nginx
        ports:
        - containerPort: 80
          name: http
        # resources below
        resources:
          limits: {cpu: 500m, memory: 128Mi}
      nodeSelector: {}
`,
  `apiVersion: v1
kind: ConfigMap
metadata:
    name: settings
    annotations:
        note: >-
            folded text
            over lines

            and a paragraph
              with an indented line
data:
    on: "yes"
    "key.with.dots": 'single'
    plain: a long plain scalar
      that goes on
      here
    empty:
    tilde: ~
    octal: 0644
    big: 9223372036854775807
    float: 1.50
    date: 2024-01-01
    script: |2-
        two more
      spaces
    keep: |+
        text

    quoted: "line one
      line two\\n\\
      joined"
`,
  `kind: List
apiVersion: v1
items:
  - apiVersion: v1
    kind: Service
    metadata: {name: a, labels: {x: "1", y: two}}
    spec:
      ports:
        - {name: http, port: 80, targetPort: http}
        - name: metrics
          port: 9090
  # the second one
  -
    apiVersion: v1
    kind: Service
    metadata:
      name: b
    spec:
      selector: {
        app: b,   # inside
        tier: back
      }
      ports: [
        {port: 1},
        {port: 2}
      ]
`,
  `apiVersion: v1\r\nkind: Secret\r\nmetadata:\r\n  name: s\r\nstringData:\r\n  a: |\r\n    one\r\n    two\r\n  b: "x\r\n    y"\r\ntype: Opaque\r\n`,
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: deny
spec:
  podSelector: {}
  ingress:
  - from:
    - ipBlock:
        cidr: 10.0.0.0/8
        except: [10.1.0.0/16, "10.2.0.0/16"]
    - namespaceSelector:
        matchExpressions:
        - key: env
          operator: In
          values:
          - prod
          - "on"
  -   ports:
      -   port: 80
          protocol: TCP
      -
        port: 443
`,
  `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "labels": {"a": "b"}},
  "spec": {
    "containers": [
      {"name": "c", "image": "i", "ports": []}
    ], "x": null
  }
}
`,
];

const TOKENS = [
  'a', 'b', 'key', 'a: ', 'b: 1', '- ', '- a: b', '-', ':', ': ', '\n', '\n', '\n  ', '\n    ', '\n- ', '\n  - ', ' ', '  ', '\t', '\r\n',
  '"', "'", '""', '"x"', "'y'", '\\', '\\n', '\\u0041', '|', '>', '|-\n', '>+\n', '|2\n', '#', ' # c', '\n# c\n', '{', '}', '[', ']', ',', ', ',
  '{}', '[]', '{a: b}', '[a, b]', '?', '? ', '!', '!!str ', '&a ', '*a', '<<: ', '~', 'null', 'yes', 'no', '0x1f', '0644', '1e3', '.5', '.inf', '-1',
  '9223372036854775808', '2024-01-01', '12:30', '%', '@', '`', '=', '...', 'é', '中', '😀', '\u00a0', '__proto__: ', 'items:\n', '\n\n', '   \n',
];

const token = fc.constantFrom(...TOKENS);
const soup = fc.array(token, { maxLength: 24 }).map((tokens) => tokens.join(''));
const soupInMap = soup.map((text) => `a: 1\nv: ${text}\nz: 2\n`);
const soupIndented = soup.map((text) => `v:\n  ${text.replaceAll('\n', '\n  ')}\n`);

type Mutation = (text: string, at: number, other: number, insert: string) => string;
const cut = (text: string, at: number): number => Math.floor(at * (text.length + 1));
const MUTATIONS: readonly Mutation[] = [
  (text, at, _other, insert) => text.slice(0, cut(text, at)) + insert + text.slice(cut(text, at)),
  (text, at, other) => text.slice(0, cut(text, at)) + text.slice(cut(text, at) + Math.floor(other * 12)),
  (text, at, other) => editLine(text, at, (line) => ' '.repeat(Math.floor(other * 4)) + line),
  (text, at, other) => editLine(text, at, (line) => line.replace(new RegExp(`^ {0,${Math.floor(other * 4)}}`), '')),
  (text, at) => editLine(text, at, (line) => `${line}\n${line}`),
  (text, at, _other, insert) => editLine(text, at, (line) => line + insert),
  (text, at, _other, insert) => editLine(text, at, (line) => line.replace(/: .*/, `: ${insert}`)),
];

function editLine(text: string, at: number, edit: (line: string) => string): string {
  const lines = text.split('\n');
  const index = Math.min(Math.floor(at * lines.length), lines.length - 1);
  lines[index] = edit(lines[index]!);
  return lines.join('\n');
}

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const mutation = fc.record({ kind: fc.nat(MUTATIONS.length - 1), at: unit, other: unit, insert: token });

/** A document with up to six mutations. */
export function mutated(documents: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ text: fc.constantFrom(...documents), mutations: fc.array(mutation, { maxLength: 6 }) })
    .map(({ text, mutations }) =>
      mutations.reduce((changed, { kind, at, other, insert }) => MUTATIONS[kind]!(changed, at, other, insert), text),
    );
}

/** Any text that a reader of YAML may meet. */
export const yamlText = fc.oneof(
  { weight: 4, arbitrary: mutated(DOCUMENTS) },
  { weight: 2, arbitrary: soupInMap },
  { weight: 2, arbitrary: soupIndented },
  { weight: 1, arbitrary: soup },
);
