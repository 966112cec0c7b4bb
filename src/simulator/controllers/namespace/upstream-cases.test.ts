import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, isJsonObject, objectAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { runSync } from '../testing/run-sync.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import type { DeletionCondition } from './conditions.ts';
import { remainingConditions, updatedConditions } from './conditions.ts';
import { namespace } from './namespace.ts';

const NOW = '2026-01-01T00:00:00Z';

/** Fields that are empty in Go are left out. */
function withoutTime(condition: unknown): JsonObject {
  const { lastTransitionTime: _, ...rest } = isJsonObject(condition as JsonObject) ? (condition as JsonObject) : {};
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
}

const counts = (value: JsonObject | undefined): ReadonlyMap<string, number> =>
  new Map(Object.entries(value ?? {}).map(([name, count]) => [name, Number(count)]));

runUpstreamTests(new URL('./testdata/status_condition_utils.json', import.meta.url), {
  TestUpdateConditions(one) {
    const before = arrayAt(one, 'startingStatus', 'conditions');
    const found = arrayAt(one, 'newConditions') as unknown as readonly DeletionCondition[];
    const after = updatedConditions(before, found, NOW) ?? before;
    expect(after.map(withoutTime)).toEqual(arrayAt(one, 'expecteds').map(withoutTime));
  },
  TestProcessContentTotals(one) {
    const byResource = counts(objectAt(one, 'contentTotals', 'gvrToNumRemaining'));
    const byFinalizer = counts(objectAt(one, 'contentTotals', 'finalizersToNumRemaining'));
    expect(remainingConditions({ byResource, byFinalizer })).toEqual(arrayAt(one, 'expecteds'));
  },
});

const deleter = {
  area: 'controllers',
  file: 'pkg/controller/namespace/deletion/namespaced_resources_deleter_test.go',
  release: '1.36.2',
} as const;

function terminating(...finalizers: readonly string[]): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'test', resourceVersion: '1', deletionTimestamp: NOW },
    spec: { finalizers },
    status: { phase: 'Terminating' },
  };
}

/** `update namespaces finalize`, each once. */
const said = (calls: readonly ApiCall[]) =>
  new Set(calls.map(({ verb, resource, subresource = '' }) => `${verb} ${resource.plural} ${subresource}`.trim()));

upstreamEach(deleter)([
  ['TestSyncNamespaceThatIsTerminatingNonExperimental/pending-finalize', ['kubernetes']],
  ['TestSyncNamespaceThatIsTerminatingV1/pending-finalize', ['kubernetes']],
  ['TestSyncNamespaceThatIsTerminatingNonExperimental/complete-finalize', []],
  ['TestSyncNamespaceThatIsTerminatingV1/complete-finalize', []],
] as const)('%s', (_name, finalizers) => {
  const { calls, outcome } = runSync(namespace, { objects: [terminating(...finalizers)], key: 'test' });
  expect(outcome).toBeUndefined();
  if (finalizers.length === 0) return expect([...said(calls)]).toEqual(['get namespaces']);
  const own = calls.filter(({ resource }) => resource.plural === 'namespaces');
  expect(said(own)).toEqual(new Set(['get namespaces', 'update namespaces status', 'update namespaces finalize']));
  // What is deleted is listed, to see that nothing is left.
  const verbs = (plural: string) => calls.filter(({ resource }) => resource.plural === plural).map(({ verb }) => verb);
  expect(verbs('pods')).toEqual(['list', 'deletecollection', 'list']);
  for (const plural of ['services', 'deployments', 'secrets'])
    expect(verbs(plural)).toEqual(['deletecollection', 'list']);
});

upstreamEach(deleter)([['TestFinalizeNamespaceFunc', ['other']]] as const)('%s', (_name, left) => {
  const { calls } = runSync(namespace, { objects: [terminating('kubernetes', 'other')], key: 'test' });
  const finalize = calls.find(({ subresource }) => subresource === 'finalize');
  expect(arrayAt(finalize?.body, 'spec', 'finalizers')).toEqual(left);
});

upstreamLeftOut(deleter, {
  'TestSyncNamespaceThatIsTerminating*/groupVersionResourceErr, groupVersionResourceErr-finalize': {
    count: 4,
    reason: 'discovery that fails; resources are known here',
  },
  TestFinalized: 'a function of one line, shown by complete-finalize',
  TestRetryOnConflictError: 'the namespace is looked at again from the start after a conflict',
  TestSyncNamespaceThatIsActive: 'a Namespace that is not being deleted is never looked at',
  TestDeleteEncounters404: 'resources that vanish between two looks at discovery',
});
