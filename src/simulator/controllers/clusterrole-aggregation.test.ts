import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt } from '../../base/json.ts';
import { upstreamEach } from '../../base/testing/upstream-table.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { clusterRoleAggregation } from './clusterrole-aggregation.ts';
import { CLUSTER_ROLES } from './resources.ts';
import { FakeCluster } from './testing/fake-cluster.ts';

beforeAll(preloadKinds);

function role(
  name: string,
  labels: JsonObject,
  rules: readonly JsonObject[],
  selectors?: readonly JsonObject[],
): KubernetesObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels },
    ...(selectors === undefined ? {} : { aggregationRule: { clusterRoleSelectors: selectors } }),
    rules,
  };
}

const rule = (verb: string, resource: string): JsonObject => ({ verbs: [verb], resources: [resource] });
const HAMMER = [rule('hammer', 'nails'), rule('hammer', 'wedges')];
const CHISEL = [rule('chisel', 'mortises')];
const SAW = [rule('saw', 'boards')];
const BAR: JsonObject = { matchLabels: { foo: 'bar' } };
const NOT_BAR: JsonObject = { matchLabels: { foo: 'not-bar' } };
const hammer = role('hammer', { foo: 'bar' }, HAMMER);
const chisel = role('chisel', { foo: 'bar' }, CHISEL);
const combined = (selectors: readonly JsonObject[], rules: readonly JsonObject[] = []): KubernetesObject =>
  role('combined', {}, rules, selectors);

/** Roles, and the rules that are written; undefined where nothing is. */
const CASES: readonly (readonly [string, readonly KubernetesObject[], readonly JsonObject[] | undefined])[] = [
  ['remove dead rules', [hammer, combined([BAR], SAW)], HAMMER],
  ['strip rules', [role('hammer', { foo: 'not-bar' }, HAMMER), combined([BAR], HAMMER)], []],
  [
    'select properly and put in order',
    [hammer, chisel, role('saw', { foo: 'not-bar' }, SAW), combined([BAR])],
    [...CHISEL, ...HAMMER],
  ],
  [
    'select properly with multiple selectors',
    [hammer, chisel, role('saw', { foo: 'not-bar' }, SAW), combined([BAR, NOT_BAR])],
    [...CHISEL, ...HAMMER, ...SAW],
  ],
  [
    'select properly remove duplicates',
    [
      hammer,
      chisel,
      role('saw', { foo: 'bar' }, SAW),
      role('other-saw', { foo: 'not-bar' }, SAW),
      combined([BAR, NOT_BAR]),
    ],
    [...CHISEL, ...HAMMER, ...SAW],
  ],
  ['no diff skip', [hammer, combined([BAR], HAMMER)], undefined],
];

describe('ClusterRoles that are put together', () => {
  upstreamEach(
    {
      area: 'controllers',
      file: 'pkg/controller/clusterroleaggregation/clusterroleaggregation_controller_test.go',
      release: '1.36.2',
    },
    'TestSyncClusterRole',
  )(CASES)('%s', (_name, roles, want) => {
    const cluster = new FakeCluster(roles);
    cluster.reconcile(clusterRoleAggregation, 'combined');
    expect(cluster.calls.map(({ body }) => arrayAt(body, 'rules'))).toEqual(want === undefined ? [] : [want]);
  });

  it('follow those that are added', () => {
    const cluster = Cluster.create({ seed: 1, kinds });
    cluster.runUntil(1000);
    const body = role('tools', { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' }, [
      { apiGroups: [''], resources: ['tools'], verbs: ['get'] },
    ]);
    cluster.request({ verb: 'create', resource: CLUSTER_ROLES, body });
    cluster.runUntil(5000);
    const view = cluster.objects().find((object) => object.kind === 'ClusterRole' && nameOf(object) === 'view');
    expect(JSON.stringify(arrayAt(view, 'rules'))).toContain('tools');
  });
});
