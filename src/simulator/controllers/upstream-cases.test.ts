import { expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, numberAt, stringAt } from '../../base/json.ts';
import { serviceAccount } from './serviceaccount.ts';
import { runSync } from './testing/run-sync.ts';
import type { UpstreamCase } from './testing/upstream-tests.ts';
import { runUpstreamTests } from './testing/upstream-tests.ts';
import { ttlAfterFinished } from './ttl-after-finished.ts';

const data = (name: string): URL => new URL(`./testdata/${name}.json`, import.meta.url);

function asKind(kind: string, value: JsonValue | undefined): KubernetesObject {
  return { ...(isJsonObject(value) ? value : {}), apiVersion: 'v1', kind };
}

/** When a Job that says how long it stays is deleted: in a sync, or how long after it. Source: `newJob`. */
function jobOf(one: UpstreamCase): KubernetesObject {
  const conditions = (['Complete', 'Failed'] as const).flatMap((type): JsonObject[] => {
    const at = stringAt(one, type === 'Complete' ? 'completionTime' : 'failedTime');
    return at === undefined ? [] : [{ type, status: 'True', lastTransitionTime: at }];
  });
  const ttl = numberAt(one, 'ttl');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'foobar', namespace: 'default', uid: 'job' },
    spec: ttl === undefined ? {} : { ttlSecondsAfterFinished: ttl },
    status: { conditions },
  };
}

runUpstreamTests(data('ttlafterfinished'), {
  TestTimeLeft(one) {
    const { calls, outcome } = runSync(ttlAfterFinished, { objects: [jobOf(one)], key: 'default/foobar' });
    const deletes = calls.filter(({ verb }) => verb === 'delete').length;
    const left = (numberAt(one, 'expectedTimeLeft') ?? 0) / 1e6;
    if (booleanAt(one, 'expectErr') === true) expect([deletes, outcome]).toEqual([0, undefined]);
    else if (left > 0) expect([deletes, outcome]).toEqual([0, { requeueAfterMs: left }]);
    else expect([deletes, outcome]).toEqual([1, undefined]);
  },
});

runUpstreamTests(data('serviceaccounts'), {
  TestServiceAccountCreation(one) {
    const namespaces = ['ExistingNamespace', 'AddedNamespace', 'UpdatedNamespace'].flatMap((key) =>
      one[key] === undefined ? [] : [asKind('Namespace', one[key])],
    );
    const accounts = arrayAt(one, 'ExistingServiceAccounts').map((account) => asKind('ServiceAccount', account));
    const { calls } = runSync(serviceAccount, { objects: [...namespaces, ...accounts], key: 'default' });
    // The other account of the table is an option of kube-controller-manager that no flag sets.
    const expected = arrayAt(one, 'ExpectCreatedServiceAccounts').filter((name) => name === 'default');
    expect(calls.map(({ body }) => nameOf(asKind('ServiceAccount', body as JsonObject)))).toEqual(expected);
  },
});
