import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { addressTypes } from './endpointslice.ts';
import { endpointOf, endpointPorts, findPort, isInEndpoints } from './endpoint.ts';
import { withHints } from './hints.ts';
import { planSlices } from './plan-slices.ts';
import { labelsChanged, sliceLabels } from './slice-labels.ts';

const data = (name: string): URL => new URL(`./testdata/${name}.json`, import.meta.url);

function asKind(kind: string, value: JsonValue | undefined): KubernetesObject {
  const apiVersion = kind === 'EndpointSlice' ? 'discovery.k8s.io/v1' : 'v1';
  return { ...(isJsonObject(value) ? value : {}), apiVersion, kind };
}

const asPod = (value: JsonValue | undefined): KubernetesObject => asKind('Pod', value);
const asService = (value: JsonValue | undefined): KubernetesObject => asKind('Service', value);

runUpstreamTests(data('util'), {
  TestShouldPodBeInEndpoints: (one) =>
    expect(isInEndpoints(asPod(valueAt(one, 'pod')))).toBe(booleanAt(one, 'expected') === true),
  TestShouldSetHostname(one) {
    const endpoint = endpointOf(asPod(valueAt(one, 'pod')), undefined, asService(valueAt(one, 'service')), 'IPv4');
    expect(endpoint['hostname'] !== undefined).toBe(booleanAt(one, 'expected') === true);
  },
});

/** Slices of a row, with a name by which what became of them is found. */
function slicesOf(one: UpstreamCase, key: string): readonly KubernetesObject[] {
  return arrayAt(one, key).map((slice, at) => {
    const given = asKind('EndpointSlice', slice);
    return { ...given, metadata: { name: `${key}-${at}`, ...objectAt(given, 'metadata') } };
  });
}

runUpstreamTests(data('trafficdist'), {
  TestReconcileHints(one) {
    const distribution = stringAt(one, 'trafficDistribution');
    const service = asService({ spec: distribution === undefined ? {} : { trafficDistribution: distribution } });
    const unchanged = slicesOf(one, 'slicesUnchanged');
    const plan = { create: slicesOf(one, 'slicesToCreate'), update: slicesOf(one, 'slicesToUpdate'), delete: [] };
    const hinted = withHints(service, plan, unchanged);
    const endpoints = (slices: readonly JsonValue[]): readonly JsonValue[] =>
      slices.map((slice) => arrayAt(slice, 'endpoints'));
    expect(endpoints(hinted.create)).toEqual(endpoints(arrayAt(one, 'wantSlicesToCreate')));
    expect(endpoints(hinted.update)).toEqual(endpoints(arrayAt(one, 'wantSlicesToUpdate')));
  },
});

runUpstreamTests(data('utils'), {
  TestFindPort(one) {
    const spec = { containers: valueAt(one, 'containers') ?? [], initContainers: valueAt(one, 'initContainers') ?? [] };
    const port = findPort(asPod({ spec }), { protocol: 'TCP', targetPort: valueAt(one, 'port') ?? 0 });
    expect(port).toBe(booleanAt(one, 'pass') === true ? numberAt(one, 'expected') : undefined);
  },
  TestGetEndpointPorts: (one) =>
    expect(endpointPorts(asService(valueAt(one, 'service')), asPod(valueAt(one, 'pod')))).toEqual(
      arrayAt(one, 'expectedPorts'),
    ),
  TestSetEndpointSliceLabels(one) {
    const service = asService(valueAt(one, 'updateSvc'));
    const slice = asKind('EndpointSlice', valueAt(one, 'epSlice'));
    expect(sliceLabels(service)).toEqual(objectAt(one, 'expectedLabels'));
    expect(labelsChanged(slice, service)).toBe(booleanAt(one, 'expectedUpdate') === true);
  },
  TestSupportedServiceAddressType: (one) =>
    expect(addressTypes(asService(valueAt(one, 'service'))).toSorted()).toEqual(
      arrayAt(one, 'expectedAddressTypes').toSorted(),
    ),
  TestPodToEndpoint(one) {
    const node = objectAt(one, 'node');
    const known = node === undefined ? undefined : asKind('Node', node);
    const { uid: _, ...target } =
      objectAt(endpointOf(asPod(one['pod']), known, asService(one['svc']), 'IPv4'), 'targetRef') ?? {};
    const endpoint = { ...endpointOf(asPod(one['pod']), known, asService(one['svc']), 'IPv4'), targetRef: target };
    const expected = objectAt(one, 'expectedEndpoint') ?? {};
    const { uid: _uid, ...expectedTarget } = objectAt(expected, 'targetRef') ?? {};
    expect(endpoint).toEqual({ ...expected, targetRef: expectedTarget });
  },
});

runUpstreamTests(data('reconciler'), {
  TestReconcileMaxEndpointsPerSlice(one) {
    const service = asService({ metadata: { name: 'foo', namespace: 'test' }, spec: { clusterIP: '1.1.1.1' } });
    const endpoints = Array.from({ length: 250 }, (_, at): JsonObject => ({
      addresses: [`10.0.${at >> 8}.${at & 255}`],
    }));
    const most = numberAt(one, 'maxEndpointsPerSlice') ?? 0;
    const { create } = planSlices(service, 'IPv4', { ports: [], endpoints }, [], most);
    expect(create.map((slice) => arrayAt(slice, 'endpoints').length)).toEqual(arrayAt(one, 'expectedSliceLengths'));
    expect(create.map(nameOf)).toEqual(create.map(() => ''));
  },
});
