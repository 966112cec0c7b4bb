/**
 * Cases of upstream's taint tests, re-expressed. A toleration is [key, operator, value, effect], a taint
 * [key, value, effect].
 * Source: staging/src/k8s.io/api/core/v1/toleration_test.go and
 * staging/src/k8s.io/component-helpers/scheduling/corev1/helpers_test.go, Kubernetes 1.36 (Apache-2.0).
 */
export const SOURCE = {
  area: 'apimachinery',
  file: 'staging/src/k8s.io/{api/core/v1/toleration,component-helpers/scheduling/corev1/helpers}_test.go',
  release: '1.36.2',
} as const;

export type TolerationRow = readonly [key: string, operator: string, value: string, effect: string];
export type TaintRow = readonly [key: string, value: string, effect: string];

const SLA = 'node.kubernetes.io/sla';

/** TestTolerationToleratesTaint: [what it shows, toleration, taint, tolerated, comparison operators on]. */
export const TOLERATES: readonly (readonly [string, TolerationRow, TaintRow, boolean, boolean])[] = [
  ['Exists, no value', ['foo', 'Exists', '', 'NoSchedule'], ['foo', '', 'NoSchedule'], true, false],
  ['Exists, any value', ['foo', 'Exists', '', 'NoSchedule'], ['foo', 'bar', 'NoSchedule'], true, false],
  ['every key', ['', 'Exists', '', 'NoSchedule'], ['foo', 'bar', 'NoSchedule'], true, false],
  ['Equal', ['foo', 'Equal', 'bar', 'NoSchedule'], ['foo', 'bar', 'NoSchedule'], true, false],
  ['another value', ['foo', 'Equal', 'value1', 'NoSchedule'], ['foo', 'value2', 'NoSchedule'], false, false],
  ['another effect', ['foo', 'Equal', 'bar', 'NoSchedule'], ['foo', 'bar', 'NoExecute'], false, false],
  ['Gt, less', [SLA, 'Gt', '950', 'NoSchedule'], [SLA, '800', 'NoSchedule'], false, true],
  ['Gt, greater', [SLA, 'Gt', '750', 'NoSchedule'], [SLA, '950', 'NoSchedule'], true, true],
  ['Lt, greater', [SLA, 'Lt', '800', 'NoSchedule'], [SLA, '950', 'NoSchedule'], false, true],
  ['Lt, less', [SLA, 'Lt', '950', 'NoSchedule'], [SLA, '800', 'NoSchedule'], true, true],
  ['Gt, equal', [SLA, 'Gt', '950', 'NoSchedule'], [SLA, '950', 'NoSchedule'], false, true],
  ['Gt, no number', [SLA, 'Gt', '950', 'NoSchedule'], [SLA, 'high', 'NoSchedule'], false, true],
  ['Gt, negative', ['test-key', 'Gt', '-100', 'NoSchedule'], ['test-key', '-200', 'NoSchedule'], false, true],
  ['Gt, large', ['test-key', 'Gt', '9223372036854775806', 'NoSchedule'], ['test-key', '100', 'NoSchedule'], false, true],
];

/** TestCompareNumericValues: [value of the toleration, value of the taint, operator, result]. */
export const COMPARES: readonly (readonly [string, string, string, boolean])[] = [
  ['100', '200', 'Gt', true],
  ['200', '100', 'Gt', false],
  ['100', '100', 'Gt', false],
  ['-100', '-50', 'Gt', true],
  ['-50', '-100', 'Gt', false],
  ['0', '1', 'Gt', true],
  ['9223372036854775806', '9223372036854775807', 'Gt', true],
  ['200', '100', 'Lt', true],
  ['100', '200', 'Lt', false],
  ['100', '100', 'Lt', false],
  ['-50', '-100', 'Lt', true],
  ['-100', '-50', 'Lt', false],
  ['0', '-1', 'Lt', true],
  ['abc', '100', 'Gt', false],
  ['', '100', 'Gt', false],
  ['0100', '200', 'Gt', false],
  ['+100', '200', 'Gt', false],
  ['100.5', '200', 'Gt', false],
  ['-', '100', 'Gt', false],
  ['100', 'xyz', 'Gt', false],
  ['100', '', 'Gt', false],
  ['100', '0200', 'Gt', false],
  ['100', '+200', 'Lt', false],
  ['100', ' 200 ', 'Lt', false],
  ['100', '100', 'Equal', false],
  ['100', '100', 'Exists', false],
  ['0', '0', 'Gt', false],
  ['0', '0', 'Lt', false],
  ['0', '9223372036854775807', 'Gt', true],
  ['0', '-9223372036854775808', 'Lt', true],
];

const EXISTS: TolerationRow = ['foo', 'Exists', '', 'NoSchedule'];

/** TestFindMatchingUntoleratedTaint: [tolerations, taints, which taints count, all tolerated]. Comparison operators are on. */
export const FINDS: readonly (readonly [
  readonly TolerationRow[],
  readonly TaintRow[],
  'all' | 'none' | 'NoExecute' | undefined,
  boolean,
])[] = [
  [[], [], 'all', true],
  [[EXISTS], [], 'all', true],
  [[EXISTS], [['foo', '', 'NoSchedule']], 'all', true],
  [[EXISTS], [['bar', '', 'NoSchedule']], 'none', true],
  [[EXISTS], [['bar', '', 'NoSchedule']], undefined, false],
  [
    [['foo', 'Exists', '', 'NoExecute']],
    [
      ['foo', '', 'NoExecute'],
      ['bar', '', 'NoSchedule'],
    ],
    'NoExecute',
    true,
  ],
  [[[SLA, 'Gt', '950', 'NoSchedule']], [[SLA, '800', 'NoSchedule']], 'all', false],
  [[[SLA, 'Gt', '750', 'NoSchedule']], [[SLA, '950', 'NoSchedule']], 'all', true],
  [[[SLA, 'Lt', '800', 'NoSchedule']], [[SLA, '950', 'NoSchedule']], 'all', false],
  [[[SLA, 'Gt', '950', 'NoSchedule']], [[SLA, 'high', 'NoSchedule']], 'all', false],
];
