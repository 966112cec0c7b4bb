import { describe, expect, test } from 'vitest';
import { formatFieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { upstreamEach, upstreamSource } from '../../base/testing/upstream-table.ts';
import type { UserInfo } from '../admission-request.ts';
import type { ClusterView } from '../cluster-view.ts';
import { clusterOf } from '../testing/cluster-of.ts';
import {
  bindingErrors,
  claimStatusErrors,
  deviceStatusErrors,
  isOnNode,
  modifiedDrivers,
  nodeNameOf,
} from './claim-status-access.ts';
import { deviceAdminErrors, deviceAdminStatusErrors } from './device-admin-access.ts';
import table from './testdata/claim-status-access.upstream.json' with { type: 'json' };

const source = upstreamSource('admission', table.source);

const claimOf = (rest: JsonObject): KubernetesObject => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaim',
  metadata: { name: 'test-claim', namespace: 'default' },
  ...rest,
});

/** Whoever asks by a rule, `verb/resource/subresource/name`, may. */
function allowing(rules: readonly string[]): ClusterView {
  return clusterOf([], {
    authorize: (_, { verb, resource, subresource = '', name = '' }) =>
      rules.includes([verb, resource, subresource, name].join('/')),
  });
}

interface WriteRow {
  readonly name: string;
  readonly new: JsonObject;
  readonly old: JsonObject;
  readonly rules: readonly string[];
  readonly errors: number;
  readonly user?: Partial<UserInfo>;
  readonly verb?: 'update' | 'patch';
}

function written({ user, verb = 'update', ...row }: WriteRow) {
  const write = { user: { name: 'scheduler', groups: [], ...user }, verb, namespace: 'default' } as const;
  return [claimOf({ status: row.new }), claimOf({ status: row.old }), write, allowing(row.rules)] as const;
}

describe('who may write the status of a claim', () => {
  upstreamEach(
    source,
    'TestGetModifiedDrivers',
  )(table.drivers as unknown as readonly (WriteRow & { readonly expected: readonly string[] })[])('$name', (row) => {
    expect(modifiedDrivers(claimOf({ status: row.new }), claimOf({ status: row.old }))).toEqual(row.expected);
  });
  upstreamEach(source, 'TestAuthorizedForBinding')(table.bindings as unknown as readonly WriteRow[])('$name', (row) => {
    expect(bindingErrors(...written(row))).toHaveLength(row.errors);
  });
  upstreamEach(source, 'TestAuthorizedForDeviceStatus')(table.devices as unknown as readonly WriteRow[])(
    '$name',
    (row) => {
      expect(deviceStatusErrors(...written(row))).toHaveLength(row.errors);
    },
  );
  upstreamEach(source, 'TestNodeNameFromAllocation')(table.nodes)('$name', ({ allocation, expected }) => {
    expect(nodeNameOf(allocation as JsonObject | null)).toBe(expected);
  });
  upstreamEach(
    source,
    'TestSAAssociatedWithAllocatedNode',
  )(
    table.accounts as unknown as readonly {
      readonly user: UserInfo;
      readonly node: string;
      readonly expected: boolean;
    }[],
  )('$name', ({ user, node, expected }) => {
    expect(isOnNode(user, node)).toBe(expected);
  });

  test('is said in the server’s words', () => {
    const allocation = { devices: { results: [] } };
    const devices = [{ driver: 'gpu.example.com', pool: 'p', device: 'd' }];
    const write = { user: { name: 'jane', groups: [] }, verb: 'patch', namespace: 'default' } as const;
    const said = claimStatusErrors(claimOf({ status: { allocation, devices } }), claimOf({}), write, allowing([]));
    expect(said.map(formatFieldError)).toEqual([
      'status.allocation: Forbidden: changing status.allocation or status.reservedFor requires resource="resourceclaims/binding", verb="patch" permission: resourceclaims.resource.k8s.io is forbidden: User "jane" cannot patch resource "resourceclaims/binding" in API group "resource.k8s.io" at the cluster scope',
      'status.devices: Forbidden: changing status.devices requires resource="resourceclaims/driver", verb="[arbitrary-node:patch]" permission: resourceclaims.resource.k8s.io "gpu.example.com" is forbidden: User "jane" cannot arbitrary-node:patch resource "resourceclaims/driver" in API group "resource.k8s.io" in the namespace "default"',
    ]);
  });
});

describe('an administrator’s access to devices', () => {
  const namespace = (labels: JsonObject): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default', labels },
  });
  const wanting = { devices: { requests: [{ name: 'a' }, { name: 'b', exactly: { adminAccess: true } }] } };
  const template = { ...claimOf({ spec: { spec: wanting } }), kind: 'ResourceClaimTemplate' };
  const given = { allocation: { devices: { results: [{ adminAccess: true }] } } };
  const words =
    'Forbidden: admin access to devices requires the `resource.kubernetes.io/admin-access: true` label on the containing namespace';
  const allowed = clusterOf([namespace({ 'resource.kubernetes.io/admin-access': 'true' })]);
  const refused = clusterOf([namespace({})]);

  test.each([claimOf({ spec: wanting }), template])('takes a label of the namespace: $kind', (object) => {
    expect(deviceAdminErrors(object, allowed)).toEqual([]);
    expect(deviceAdminErrors(object, refused).map(formatFieldError)).toEqual([
      `spec.devices.requests[1].adminAccess: ${words}`,
    ]);
    expect(deviceAdminErrors(object, clusterOf([])).map(formatFieldError)).toEqual([
      'spec.devices.requests[1].adminAccess: Internal error: could not retrieve namespace to verify admin access: namespaces "default" not found',
    ]);
  });

  test('takes it for what is given too, unless it was given before', () => {
    const [claim, before] = [claimOf({ status: given }), claimOf({})];
    expect(deviceAdminStatusErrors(claim, before, allowed)).toEqual([]);
    expect(deviceAdminStatusErrors(claim, claim, refused)).toEqual([]);
    expect(deviceAdminStatusErrors(claim, before, refused).map(formatFieldError)).toEqual([
      `status.allocation.devices.results[0].adminAccess: ${words}`,
    ]);
  });
});
