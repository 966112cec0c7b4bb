import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { runSync } from '../testing/run-sync.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { endpointSliceMirroring, isMirrored, isOurs } from './endpointslicemirroring.ts';
import { mirroredEndpoint, planMirror, recycled } from './mirrored-slices.ts';

const data = (name: string): URL => new URL(`./testdata/${name}.json`, import.meta.url);

/** An object of a table, whose metadata is filled where the test does it. */
function asKind(
  kind: string,
  value: JsonValue | undefined,
  metadata: Readonly<Record<string, string>> = {},
): KubernetesObject {
  const object = isJsonObject(value) ? value : {};
  const apiVersion = kind === 'EndpointSlice' ? 'discovery.k8s.io/v1' : 'v1';
  return { ...object, apiVersion, kind, metadata: { ...metadata, ...objectAt(object, 'metadata') } };
}

const slicesOf = (values: readonly JsonValue[]): readonly KubernetesObject[] =>
  values.map((value) => asKind('EndpointSlice', value));

/** Names and endpoints, in no order. */
function facts(slices: readonly KubernetesObject[]): readonly string[] {
  return slices.map((slice) => `${nameOf(slice)} ${JSON.stringify(arrayAt(slice, 'endpoints'))}`).sort();
}

/** `{$call: 'generateAddresses', args: [1001]}`: so many addresses, as the test's function makes them. */
function withAddresses(value: JsonValue | undefined): JsonValue | undefined {
  const subsets = arrayAt(value, 'subsets').map((subset): JsonValue => {
    const count = arrayAt(subset, 'addresses', 'args')[0];
    if (typeof count !== 'number') return subset;
    const addresses = Array.from({ length: count }, (_, index) => ({ ip: `10.1.${index >> 8}.${index & 255}` }));
    return { ...objectAt(subset), addresses };
  });
  return isJsonObject(value) ? { ...value, subsets } : value;
}

/** The Endpoints of a case as the test makes them of its parts. */
function endpointsOf(one: UpstreamCase): KubernetesObject {
  const isGoing = booleanAt(one, 'endpointsDeletionPending') === true;
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: 'test-ep',
      namespace: 'test',
      uid: stringAt(one, 'uid') ?? '',
      labels: objectAt(one, 'epLabels') ?? {},
      annotations: objectAt(one, 'epAnnotations') ?? {},
      ...(isGoing ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    subsets: valueAt(one, 'subsets') ?? [],
  };
}

runUpstreamTests(data('reconciler'), {
  TestReconcile(one) {
    const endpoints = endpointsOf(one);
    const existing = slicesOf(arrayAt(one, 'existingEndpointSlices'));
    const plan = planMirror(endpoints, existing, numberAt(one, 'maxEndpointsPerSubset') ?? 1000);
    const made = booleanAt(one, 'endpointsDeletionPending') === true ? 0 : plan.create.length;
    expect(made + plan.update.length + plan.delete.length).toBe(numberAt(one, 'expectedClientActions') ?? 0);
    expect(existing.length + made - plan.delete.length).toBe(numberAt(one, 'expectedNumSlices') ?? 0);
    const metrics = objectAt(one, 'expectedMetrics');
    if (metrics !== undefined) {
      const counted = ['numCreated', 'numUpdated', 'numDeleted', 'skippedPerSync'];
      expect([made, plan.update.length, plan.delete.length, plan.skipped]).toEqual(
        counted.map((field) => numberAt(metrics, field) ?? 0),
      );
    }
    for (const slice of [...plan.create, ...plan.update]) {
      expect(objectAt(slice, 'metadata', 'labels')).toMatchObject(objectAt(one, 'epLabels') ?? {});
      expect(stringAt(slice, 'metadata', 'labels', 'kubernetes.io/service-name')).toBe('test-ep');
    }
  },
});

runUpstreamTests(data('reconciler_helpers'), {
  TestRecycleSlices(one) {
    const part = (field: 'startingSlices' | 'expectedSlices') => {
      const list = (action: string): readonly KubernetesObject[] => slicesOf(arrayAt(one, field, action));
      return { create: list('toCreate'), update: list('toUpdate'), delete: list('toDelete') };
    };
    const [after, expected] = [recycled(part('startingSlices')), part('expectedSlices')];
    expect(facts(after.create)).toEqual(facts(expected.create));
    expect(facts(after.update)).toEqual(facts(expected.update));
    expect(facts(after.delete)).toEqual(facts(expected.delete));
  },
});

runUpstreamTests(data('controller'), {
  TestSyncEndpoints(one) {
    const metadata = { name: 'testing-sync-endpoints', namespace: 'default' };
    const objects = [
      ...(['service', 'endpoints'] as const).flatMap((field) =>
        one[field] === undefined || one[field] === null
          ? []
          : [asKind(field === 'service' ? 'Service' : 'Endpoints', withAddresses(one[field]), metadata)],
      ),
      ...arrayAt(one, 'endpointSlices').map((slice) => asKind('EndpointSlice', slice, { namespace: 'default' })),
    ];
    const { calls, events } = runSync(endpointSliceMirroring, { objects, key: 'default/testing-sync-endpoints' });
    expect(calls.length + events.length).toBe(numberAt(one, 'expectedNumActions') ?? 0);
    const made = calls.filter(({ verb }) => verb === 'create').length;
    const gone = calls.filter(({ verb }) => verb === 'delete').length;
    const own = slicesOf(arrayAt(one, 'endpointSlices')).filter(isOurs);
    expect(own.length + made - gone).toBe(numberAt(one, 'expectedNumSlices') ?? 0);
  },
  TestShouldMirror: (one) =>
    expect(isMirrored(asKind('Endpoints', one['endpoints']))).toBe(booleanAt(one, 'shouldMirror') === true),
  TestEndpointSlicesMirroredForService(one) {
    const [namespace, name] = [stringAt(one, 'namespace') ?? '', stringAt(one, 'serviceName') ?? ''];
    const objects = [asKind('EndpointSlice', one['endpointSlice'])];
    // A Service without Endpoints has no mirror: what was found goes.
    const { calls } = runSync(endpointSliceMirroring, { objects, key: `${namespace}/${name}` });
    expect(calls.length === 1).toBe(booleanAt(one, 'expectedInList') === true);
  },
});

runUpstreamTests(data('utils'), {
  TestNewEndpointSlice(one) {
    const { create } = planMirror(asKind('Endpoints', one['endpoints']), []);
    const expected = objectAt(one, 'expectedSlice', 'metadata') ?? {};
    const { ownerReferences: _, annotations = {}, ...metadata } = objectAt(create[0], 'metadata') ?? {};
    expect({ ...metadata, annotations }).toEqual(expected);
  },
  TestAddressToEndpoint: (one) =>
    expect(mirroredEndpoint(valueAt(one, 'address') ?? null, booleanAt(one, 'ready') === true)).toEqual({
      endpoint: one['expectedEndpoint'],
      type: one['expectedType'],
    }),
});
