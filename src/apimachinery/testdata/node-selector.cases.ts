/**
 * Cases of upstream's node affinity tests, re-expressed.
 * Source: staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity_test.go and
 * .../corev1/helpers_test.go, Kubernetes 1.36 (Apache-2.0).
 */
import type { JsonValue } from '../../base/json.ts';

export const SOURCE = {
  area: 'apimachinery',
  file: 'staging/src/k8s.io/component-helpers/scheduling/corev1/{nodeaffinity/nodeaffinity,helpers}_test.go',
  release: '1.36.2',
} as const;

type Labels = Readonly<Record<string, string>>;

export interface NodeRow {
  readonly name?: string;
  readonly labels?: Labels;
}

function expression(key: string, operator: string, ...values: readonly string[]): JsonValue {
  return values.length > 0 ? { key, operator, values } : { key, operator };
}

const byLabels = (...matchExpressions: readonly JsonValue[]) => ({ matchExpressions });
const byFields = (...matchFields: readonly JsonValue[]) => ({ matchFields });
const selector = (...nodeSelectorTerms: readonly JsonValue[]) => ({ nodeSelectorTerms });

const LABEL_1 = expression('label_1', 'In', 'label_1_val');
const HOST_1 = expression('metadata.name', 'In', 'host_1');
const TWO_HOSTS = expression('metadata.name', 'In', 'host_1', 'host_2');
const INVALID_KEY = expression('invalid key', 'In', 'label_value');
const HOST_1_LABELLED: NodeRow = { name: 'host_1', labels: { label_1: 'label_1_val' } };

const TWO_VALUES = 'values: Invalid value: ["host_1","host_2"]: must have one element';
const WRONG_KEY = `key: Invalid value: "invalid key": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`;

/** TestNodeSelectorMatch: [name, selector, node, what is wrong, matches]. */
export const SELECTORS: readonly (readonly [string, JsonValue, NodeRow | undefined, readonly string[], boolean])[] = [
  ['no node', {}, undefined, [], false],
  [
    'malformed field and label terms',
    selector(byFields(TWO_HOSTS), { ...byLabels(LABEL_1), ...byFields(HOST_1) }, byLabels(INVALID_KEY)),
    undefined,
    [`nodeSelectorTerms[0].matchFields[0].${TWO_VALUES}`, `nodeSelectorTerms[2].matchExpressions[0].${WRONG_KEY}`],
    false,
  ],
  ['field but not label', selector({ ...byLabels(LABEL_1), ...byFields(HOST_1) }), { name: 'host_1' }, [], false],
  ['field and label', selector({ ...byLabels(LABEL_1), ...byFields(HOST_1) }), HOST_1_LABELLED, [], true],
  ['second term', selector(byLabels(LABEL_1), byFields(HOST_1)), { name: 'host_1' }, [], true],
];

/** TestPreferredSchedulingTermsScore: [name, terms, node, what is wrong, score]. */
export const PREFERENCES: readonly (readonly [string, JsonValue, NodeRow, readonly string[], number])[] = [
  [
    'malformed terms',
    [
      { weight: 1, preference: byFields(TWO_HOSTS) },
      { weight: 1, preference: { ...byLabels(LABEL_1), ...byFields(HOST_1) } },
      { weight: 1, preference: byLabels(INVALID_KEY) },
    ],
    {},
    [`[0].matchFields[0].${TWO_VALUES}`, `[2].matchExpressions[0].${WRONG_KEY}`],
    0,
  ],
  ['malformed but without weight', [{ weight: 0, preference: byFields(TWO_HOSTS) }], { name: 'host_1' }, [], 0],
  [
    'first and third term',
    [
      { weight: 5, preference: byFields(HOST_1) },
      { weight: 7, preference: byLabels(expression('unknown_label', 'In', 'unknown_label_val')) },
      { weight: 11, preference: byLabels(LABEL_1) },
    ],
    HOST_1_LABELLED,
    [],
    16,
  ],
];

/** TestNodeSelectorRequirementsAsSelector: [requirements, string form, what is wrong]; nil and empty are one row each. */
export const REQUIREMENTS: readonly (readonly [readonly JsonValue[], string | 'nothing', readonly string[]])[] = [
  [[], 'nothing', []],
  [[], 'nothing', []],
  [[expression('foo', 'In', 'bar', 'baz')], 'foo in (bar,baz)', []],
  [
    [expression('foo', 'Exists', 'bar', 'baz')],
    '',
    ['root[0].values: Invalid value: ["bar","baz"]: values set must be empty for exists and does not exist'],
  ],
  [[expression('foo', 'Gt', '1')], 'foo>1', []],
  [[expression('bar', 'Lt', '7')], 'bar<7', []],
  [
    [expression('baz', 'invalid', '5')],
    '',
    [
      'root[0].operator: Unsupported value: "invalid": supported values: "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"',
    ],
  ],
];

const requires = (...terms: readonly JsonValue[]): JsonValue => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: selector(...terms) } },
});
const FOO_BAR: NodeRow = { labels: { foo: 'bar' } };
const NVIDIA: NodeRow = { labels: { GPU: 'NVIDIA-GRID-K1' } };
const NODE_1 = expression('metadata.name', 'In', 'node_1');
const IN_BAR = byLabels(expression('foo', 'In', 'bar'));
const FOO_EXISTS = byLabels(expression('foo', 'Exists'));

/** TestPodMatchesNodeSelectorAndAffinityTerms: [name, Pod spec, node, matches]. */
export const PODS: readonly (readonly [string, JsonValue, NodeRow, boolean])[] = [
  ['no selector', {}, {}, true],
  ['missing labels', { nodeSelector: { foo: 'bar' } }, {}, false],
  ['same labels', { nodeSelector: { foo: 'bar' } }, FOO_BAR, true],
  ['more labels', { nodeSelector: { foo: 'bar' } }, { labels: { foo: 'bar', baz: 'blah' } }, true],
  ['fewer labels', { nodeSelector: { foo: 'bar', baz: 'blah' } }, FOO_BAR, false],
  ['In', requires(byLabels(expression('foo', 'In', 'bar', 'value2'))), FOO_BAR, true],
  ['Gt', requires(byLabels(expression('kernel-version', 'Gt', '0204'))), { labels: { 'kernel-version': '0206' } }, true],
  ['NotIn', requires(byLabels(expression('mem-type', 'NotIn', 'DDR', 'DDR2'))), { labels: { 'mem-type': 'DDR3' } }, true],
  ['Exists', requires(byLabels(expression('GPU', 'Exists'))), NVIDIA, true],
  ['In, no match', requires(byLabels(expression('foo', 'In', 'value1', 'value2'))), FOO_BAR, false],
  [
    'null terms',
    { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: null } } } },
    FOO_BAR,
    false,
  ],
  ['no terms', requires(), FOO_BAR, false],
  ['a term without expressions', requires(byLabels()), FOO_BAR, false],
  ['no affinity', {}, FOO_BAR, true],
  [
    'null selector',
    { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: null } } },
    FOO_BAR,
    true,
  ],
  ['all expressions', requires(byLabels(expression('GPU', 'Exists'), expression('GPU', 'NotIn', 'AMD', 'INTER'))), NVIDIA, true],
  ['not all expressions', requires(byLabels(expression('GPU', 'Exists'), expression('GPU', 'In', 'AMD', 'INTER'))), NVIDIA, false],
  [
    'one of two terms',
    requires(byLabels(expression('foo', 'In', 'bar', 'value2')), byLabels(expression('diffkey', 'In', 'wrong', 'value2'))),
    FOO_BAR,
    true,
  ],
  ['nodeSelector and affinity', { nodeSelector: { foo: 'bar' }, ...(requires(FOO_EXISTS) as object) }, FOO_BAR, true],
  [
    'affinity but not nodeSelector',
    { nodeSelector: { foo: 'bar' }, ...(requires(FOO_EXISTS) as object) },
    { labels: { foo: 'barrrrrr' } },
    false,
  ],
  ['a malformed value', requires(byLabels(expression('foo', 'NotIn', 'invalid value: ___@#$%^'))), FOO_BAR, false],
  ['a field', requires(byFields(NODE_1)), { name: 'node_1' }, true],
  ['another field value', requires(byFields(NODE_1)), { name: 'node_2' }, false],
  ['two terms, labels match', requires(byFields(NODE_1), IN_BAR), { name: 'node_2', ...FOO_BAR }, true],
  ['one term, only labels match', requires({ ...byFields(NODE_1), ...IN_BAR }), { name: 'node_2', ...FOO_BAR }, false],
  ['one term, both match', requires({ ...byFields(NODE_1), ...IN_BAR }), { name: 'node_1', ...FOO_BAR }, true],
  [
    'two terms, none matches',
    requires(byFields(NODE_1), byLabels(expression('foo', 'In', 'not-match-to-bar'))),
    { name: 'node_2', ...FOO_BAR },
    false,
  ],
];

const BOTH = selector({ ...byLabels(LABEL_1), ...byFields(HOST_1) });

/** TestMatchNodeSelectorTerms: [name, selector, node, matches]. */
export const TERMS: readonly (readonly [string, JsonValue | undefined, NodeRow | undefined, boolean])[] = [
  ['nothing at all', undefined, undefined, false],
  ['labels', selector(byLabels(LABEL_1)), { labels: { label_1: 'label_1_val' } }, true],
  ['field', selector(byFields(HOST_1)), { name: 'host_1' }, true],
  ['malformed field', selector(byFields(TWO_HOSTS)), { name: 'host_1' }, false],
  ['a label is no field', selector(byFields(HOST_1)), { name: 'not_host_1', labels: { 'metadata.name': 'host_1' } }, false],
  ['a field is no label', selector(byLabels(HOST_1)), { name: 'host_1' }, false],
  ['both, only the field', BOTH, { name: 'host_1' }, false],
  ['both', BOTH, HOST_1_LABELLED, true],
  ['both, another label', BOTH, { name: 'host_1', labels: { label_1: 'label_1_val-failed' } }, false],
  [
    'two terms, another label',
    selector(byLabels(LABEL_1), byFields(HOST_1)),
    { name: 'host_1', labels: { label_1: 'label_1_val-failed' } },
    true,
  ],
];

const values = (first: string, second: string) => [expression('label_1', 'In', first, second)];
const hosts = (first: string, second: string) => [expression('metadata.name', 'In', first, second)];

/** TestMatchNodeSelectorTermsStateless: selectors that matching leaves as they are. */
export const UNCHANGED: readonly (JsonValue | undefined)[] = [
  undefined,
  selector(byLabels(...values('label_1_val', 'label_2_val'))),
  selector(byLabels(...values('label_2_val', 'label_1_val'))),
  selector(byFields(...hosts('host_1', 'host_2'))),
  selector(byFields(...hosts('host_2', 'host_1'))),
  selector({ ...byLabels(...values('label_1_val', 'label_2_val')), ...byFields(...hosts('host_1', 'host_2')) }),
  selector({ ...byLabels(...values('label_1_val', 'label_2_val')), ...byFields(...hosts('host_2', 'host_1')) }),
  selector({ ...byLabels(...values('label_2_val', 'label_1_val')), ...byFields(...hosts('host_1', 'host_2')) }),
  selector({ ...byLabels(...values('label_2_val', 'label_1_val')), ...byFields(...hosts('host_2', 'host_1')) }),
];
