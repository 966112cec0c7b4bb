import { expect, it } from 'vitest';
import { formatFieldError } from '../../apimachinery/field-error.ts';
import type { JsonObject } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../base/testing/upstream-table.ts';
import { resourceClaimStrategy as strategy } from './resourceclaim.strategy.ts';
import { withoutDeallocatedDevices } from './resourceclaim.status.ts';

const SOURCE = upstreamSource(
  'validation',
  'pkg/apis/resource/validation/validation_resourceclaim_test.go, Kubernetes 1.36.2',
);

const GOOD_ID = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa';
const OTHER_ID = 'bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb';
const exact = { deviceClassName: 'foo', allocationMode: 'ExactCount', count: 1 };
const SPEC = { devices: { requests: [{ name: 'foo', exactly: exact }] } };
const ALTERNATIVES = {
  devices: {
    requests: [
      {
        name: 'foo',
        firstAvailable: [
          { name: 'foo', ...exact },
          { name: 'bar', ...exact },
        ],
      },
    ],
  },
};
const result = { request: 'foo', driver: 'foo', pool: 'foo', device: 'foo', adminAccess: false };
const allocated = (given: JsonObject = {}, more: JsonObject = {}, ...others: readonly JsonObject[]): JsonObject => ({
  allocation: {
    devices: { results: [{ ...result, ...given }, ...others.map((one) => ({ ...result, ...one }))] },
    ...more,
  },
});
const ALLOCATED = allocated();
const users = (count: number, start = 0): readonly JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({
    resource: 'pods',
    name: `foo-${index + start}`,
    uid: String(index + start),
  }));
const parameters = { kind: 'foo', apiVersion: 'dra.example.com/v1' };
const opaque = { driver: 'dra.example.com', parameters };
const withConfig = (...config: readonly JsonObject[]): JsonObject => ({
  allocation: { devices: { results: [result], config } },
});
const device = { driver: 'foo', pool: 'foo', device: 'foo' };
const withDevices = (...devices: readonly JsonObject[]): JsonObject => ({
  ...ALLOCATED,
  devices: devices.map((one) => ({ ...device, ...one })),
});
const shared = (...ids: readonly string[]): JsonObject => ({
  ...allocated({ shareID: GOOD_ID }),
  devices: ids.map((shareID) => ({ ...device, shareID })),
});
const conditions = (count: number): readonly JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({
    type: `test-${index}`,
    status: 'True',
    reason: 'test_reason',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  }));
const addresses = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `10.9.8.${index}/24`);
const network = (interfaceName: string, hardwareAddress: string, ips: readonly string[]): JsonObject => ({
  conditions: conditions(8),
  data: parameters,
  networkData: { interfaceName, hardwareAddress, ips },
});
const GOOD_ADDRESSES = ['10.9.8.0/24', '2001:db8::/64', '10.9.8.1/24', '2001:db8::1/64', ...addresses(14).slice(2)];
const BAD_ADDRESSES = ['300.9.8.0/24', '010.009.008.000/24', '2001:0db8::1/64'];
const LABEL_WORDS =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const REQUEST_WORDS =
  "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";
const CONDITION_WORDS =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const NETWORK_ERRORS = [
  'status.devices[0].networkData.interfaceName: Too long: may not be more than 256 bytes',
  'status.devices[0].networkData.hardwareAddress: Too long: may not be more than 128 bytes',
  'status.devices[0].networkData.ips[0]: Invalid value: "300.9.8.0/24": must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)',
  'status.devices[0].networkData.ips[1]: Invalid value: "010.009.008.000/24": must be in canonical form ("10.9.8.0/24")',
  'status.devices[0].networkData.ips[2]: Invalid value: "2001:0db8::1/64": must be in canonical form ("2001:db8::1/64")',
];
const RESULT = 'status.allocation.devices.results[0]';
const CONFIG = 'status.allocation.devices.config';
const names = (...numbers: readonly number[]): readonly string[] => numbers.map((number) => `condition${number}`);
const binding = (yes: readonly string[] | null, no: readonly string[] | null): JsonObject =>
  allocated({ bindingConditions: yes, bindingFailureConditions: no });
const long = (bytes: number): JsonObject => ({ str: 'x'.repeat(bytes - 10) });
const badLabel = {
  nodeSelectorTerms: [{ matchExpressions: [{ key: 'foo', operator: 'In', values: ['-1'] }] }],
};
const capacity = { consumedCapacity: { cap: '1' } };

interface Case {
  readonly name: string;
  readonly old?: JsonObject;
  readonly status: JsonObject;
  readonly spec?: JsonObject;
  readonly deleted?: true;
  readonly errors?: readonly string[];
}

upstreamLeftOut(SOURCE, {
  'TestValidateClaimStatusUpdate (the gate is off)': {
    count: 7,
    reason: 'gates that are on in 1.36 are off; what is said is the same',
  },
  'TestValidateClaimStatusUpdate/invalid-data-device-status': 'data that are no JSON, which no decoder lets through',
});

upstreamEach(
  SOURCE,
  'TestValidateClaimStatusUpdate',
)<Case>([
  { name: 'valid-no-op-update', status: {} },
  { name: 'valid-add-allocation-empty', status: { allocation: {} } },
  { name: 'valid-add-allocation-non-empty', status: ALLOCATED },
  {
    name: 'invalid-add-allocation-bad-request',
    status: allocated({ request: '!@#$%^' }),
    errors: [
      `${RESULT}.request: Invalid value: "!@#$%^": ${LABEL_WORDS}`,
      `${RESULT}.request: Invalid value: "!@#$%^": ${REQUEST_WORDS}`,
    ],
  },
  { name: 'okay-add-allocation-missing-admin-access', status: allocated({ adminAccess: null }) },
  {
    name: 'invalid-node-selector',
    status: { allocation: { nodeSelector: {} } },
    errors: [
      'status.allocation.nodeSelector.nodeSelectorTerms: Required value: must have at least one node selector term',
    ],
  },
  { name: 'add-reservation', old: ALLOCATED, status: { ...ALLOCATED, reservedFor: users(256) } },
  {
    name: 'add-reservation-old-claim',
    old: allocated({ adminAccess: null }),
    status: { ...allocated({ adminAccess: null }), reservedFor: users(256) },
  },
  { name: 'add-reservation-and-allocation', status: { ...ALLOCATED, reservedFor: users(256) } },
  {
    name: 'invalid-reserved-for-too-large',
    old: ALLOCATED,
    status: { ...ALLOCATED, reservedFor: users(257) },
    errors: ['status.reservedFor: Too many: 257: must have at most 256 items'],
  },
  {
    name: 'invalid-reserved-for-duplicate',
    old: ALLOCATED,
    status: { ...ALLOCATED, reservedFor: [...users(1, 1), ...users(1, 1)] },
    errors: ['status.reservedFor[1]: Duplicate value: "1"'],
  },
  {
    name: 'invalid-reserved-for-no-allocation',
    status: { reservedFor: users(1, 1) },
    errors: ['status.reservedFor: Forbidden: may not be specified when `allocated` is not set'],
  },
  ...['resource', 'name', 'uid'].map((field): Case => {
    const { [field]: _, ...user } = users(1)[0] ?? {};
    return {
      name: `invalid-reserved-for-no-${field}`,
      old: ALLOCATED,
      status: { ...ALLOCATED, reservedFor: [user] },
      errors: [`status.reservedFor[0].${field}: Required value`],
    };
  }),
  {
    name: 'invalid-reserved-deleted',
    old: ALLOCATED,
    deleted: true,
    status: { ...ALLOCATED, reservedFor: users(1) },
    errors: [
      'status.reservedFor: Forbidden: new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set',
    ],
  },
  {
    name: 'invalid-allocation-modification',
    old: ALLOCATED,
    status: allocated({ driver: 'foo-2' }),
    errors: [
      'status.allocation: Invalid value: {"Devices":{"Results":[{"Request":"foo","Driver":"foo-2","Pool":"foo","Device":"foo","AdminAccess":false,"Tolerations":null,"BindingConditions":null,"BindingFailureConditions":null,"ShareID":null,"ConsumedCapacity":null}],"Config":null},"NodeSelector":null,"AllocationTimestamp":null}: field is immutable',
    ],
  },
  {
    name: 'invalid-request-name',
    status: withConfig({ source: 'FromClaim', requests: ['foo', '!@#$%^'], opaque }),
    errors: [
      `${CONFIG}[0].requests[1]: Invalid value: "!@#$%^": ${LABEL_WORDS}`,
      `${CONFIG}[0].requests[1]: Invalid value: "!@#$%^": ${REQUEST_WORDS}`,
    ],
  },
  {
    name: 'invalid-duplicate-request-name',
    status: withConfig({ source: 'FromClaim', requests: ['foo', 'foo'], opaque }),
    errors: [`${CONFIG}[0].requests[1]: Duplicate value: "foo"`],
  },
  {
    name: 'configuration',
    status: withConfig(
      { source: 'FromClaim', opaque },
      { source: '', opaque },
      { source: 'no-such-source', opaque },
      { source: 'FromClaim' },
      { source: 'FromClaim', opaque: {} },
      { source: 'FromClaim', opaque: { driver: 'foo', parameters: long(10_240) } },
      { source: 'FromClaim', opaque: { driver: 'foo', parameters: long(10_241) } },
    ),
    errors: [
      `${CONFIG}[1].source: Required value`,
      `${CONFIG}[2].source: Unsupported value: "no-such-source": supported values: "FromClaim", "FromClass"`,
      `${CONFIG}[3].opaque: Required value`,
      `${CONFIG}[4].opaque.driver: Required value`,
      `${CONFIG}[4].opaque.parameters: Required value`,
      `${CONFIG}[6].opaque.parameters: Too long: may not be more than 10240 bytes`,
    ],
  },
  {
    name: 'valid-configuration-update',
    old: withConfig({ source: 'FromClaim', opaque: { driver: 'foo', parameters: long(10_241) } }),
    status: withConfig({ source: 'FromClaim', opaque: { driver: 'foo', parameters: long(10_241) } }),
  },
  {
    name: 'valid-network-device-status',
    old: ALLOCATED,
    status: withDevices(network('x'.repeat(256), 'x'.repeat(128), GOOD_ADDRESSES)),
  },
  {
    name: 'valid-network-device-status-with-multi-byte-interface-name-and-hardware-address',
    old: ALLOCATED,
    status: withDevices(network('𝄞'.repeat(64), '𝄞'.repeat(32), GOOD_ADDRESSES)),
  },
  {
    name: 'invalid-device-status-duplicate',
    old: ALLOCATED,
    status: withDevices({ networkData: { ips: ['2001:db8::1/64', '2001:db8::1/64'] } }, {}),
    errors: [
      'status.devices[0].networkData.ips[1]: Duplicate value: "2001:db8::1/64"',
      'status.devices[1]: Duplicate value: {"Driver":"foo","Pool":"foo","Device":"foo","ShareID":""}',
    ],
  },
  {
    name: 'invalid-device-status-duplicate-with-share-id',
    old: allocated({ shareID: GOOD_ID }),
    status: shared(GOOD_ID, GOOD_ID),
    errors: [`status.devices[1]: Duplicate value: {"Driver":"foo","Pool":"foo","Device":"foo","ShareID":"${GOOD_ID}"}`],
  },
  {
    name: 'invalid-network-device-status',
    old: ALLOCATED,
    status: withDevices(network('x'.repeat(257), 'x'.repeat(129), BAD_ADDRESSES)),
    errors: NETWORK_ERRORS,
  },
  {
    name: 'invalid-network-device-status-with-multi-byte-interface-name-and-hardware-address',
    old: ALLOCATED,
    status: withDevices(network('𝄞'.repeat(256), '𝄞'.repeat(128), BAD_ADDRESSES)),
    errors: NETWORK_ERRORS,
  },
  {
    name: 'invalid-data-device-status-limits',
    old: ALLOCATED,
    status: withDevices({ conditions: conditions(9), data: long(10_241), networkData: { ips: addresses(17) } }),
    errors: [
      'status.devices[0].conditions: Too many: 9: must have at most 8 items',
      'status.devices[0].data: Too long: may not be more than 10240 bytes',
      'status.devices[0].networkData.ips: Too many: 17: must have at most 16 items',
    ],
  },
  {
    name: 'invalid-device-status-no-device',
    old: ALLOCATED,
    status: withDevices({ driver: 'b', pool: 'a', device: 'r' }),
    errors: [
      'status.devices[0]: Invalid value: {"Driver":"b","Pool":"a","Device":"r","ShareID":""}: must be an allocated device in the claim',
    ],
  },
  {
    name: 'invalid-update-invalid-label-value',
    status: allocated({}, { nodeSelector: badLabel }),
    errors: [
      `status.allocation.nodeSelector.nodeSelectorTerms[0].matchExpressions[0].values[0]: Invalid value: "-1": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
    ],
  },
  {
    name: 'valid-update-with-invalid-label-value',
    old: allocated({}, { nodeSelector: badLabel }),
    status: { ...allocated({}, { nodeSelector: badLabel }), reservedFor: users(256) },
  },
  { name: 'valid-add-allocation-with-sub-requests', spec: ALTERNATIVES, status: allocated({ request: 'foo/foo' }) },
  {
    name: 'invalid-add-allocation-with-sub-requests-invalid-format',
    spec: ALTERNATIVES,
    status: allocated({ request: 'foo/foo/foo' }),
    errors: [`${RESULT}.request: Invalid value: "foo/foo/foo": ${REQUEST_WORDS}`],
  },
  {
    name: 'invalid-add-allocation-with-sub-requests-no-corresponding-sub-request',
    spec: ALTERNATIVES,
    status: allocated({ request: 'foo/baz' }),
    errors: [`${RESULT}.request: Invalid value: "foo/baz": ${REQUEST_WORDS}`],
  },
  {
    name: 'invalid-add-allocation-with-sub-requests-invalid-request-names',
    spec: ALTERNATIVES,
    status: allocated({ request: '!@#$%^/&^%$' }),
    errors: [
      `${RESULT}.request: Invalid value: "!@#$%^": ${LABEL_WORDS}`,
      `${RESULT}.request: Invalid value: "&^%$": ${LABEL_WORDS}`,
      `${RESULT}.request: Invalid value: "!@#$%^/&^%$": ${REQUEST_WORDS}`,
    ],
  },
  {
    name: 'add-allocation-old-claim-with-prioritized-list',
    spec: ALTERNATIVES,
    status: allocated({ request: 'foo/bar' }),
  },
  {
    name: 'good-binding-conditions',
    status: binding(['example.com/condition1', ...names(2, 3, 4)], ['example.com/condition5', ...names(6, 7, 8)]),
  },
  {
    name: 'too-many-binding-conditions',
    status: binding(names(1, 2, 3, 4, 5), names(6, 7)),
    errors: [`${RESULT}.bindingConditions: Too many: 5: must have at most 4 items`],
  },
  {
    name: 'too-many-binding-failure-conditions',
    status: binding(names(1, 2), names(3, 4, 5, 6, 7)),
    errors: [`${RESULT}.bindingFailureConditions: Too many: 5: must have at most 4 items`],
  },
  {
    name: 'invalid-binding-conditions',
    status: binding(['condition1', 'condition2!'], names(3, 4)),
    errors: [`${RESULT}.bindingConditions[1]: Invalid value: "condition2!": ${CONDITION_WORDS}`],
  },
  {
    name: 'invalid-binding-failure-conditions',
    status: binding(names(1, 2), ['condition3', 'condition4!']),
    errors: [`${RESULT}.bindingFailureConditions[1]: Invalid value: "condition4!": ${CONDITION_WORDS}`],
  },
  {
    name: 'lacking-binding-conditions-claim-has-binding-failure-conditions',
    status: binding(null, names(3, 4)),
    errors: [
      `${RESULT}.bindingConditions: Invalid value: null: bindingConditions are required to use bindingFailureConditions`,
    ],
  },
  {
    name: 'lacking-binding-failure-conditions-claim-has-binding-conditions',
    status: binding(names(1, 2), null),
    errors: [
      `${RESULT}.bindingFailureConditions: Invalid value: null: bindingFailureConditions are required to use bindingConditions`,
    ],
  },
  { name: 'valid-add-allocation-with-consumable-capacity-feature-on', status: ALLOCATED },
  { name: 'valid-add-multi-alloc-devices', status: allocated({ shareID: GOOD_ID }, {}, { shareID: OTHER_ID }) },
  {
    name: 'valid-add-multi-alloc-devices-with-device-status',
    status: {
      ...allocated({ shareID: GOOD_ID }, {}, { shareID: OTHER_ID }),
      devices: [
        { ...device, shareID: GOOD_ID },
        { ...device, shareID: OTHER_ID },
      ],
    },
  },
  { name: 'valid-add-multi-alloc-devices-with-consumed-capacity', status: allocated(capacity, {}, capacity) },
])('$name', ({ old = {}, status, spec = SPEC, deleted, errors = [] }) => {
  const claim = (own: JsonObject): JsonObject & { apiVersion: string; kind: string } => ({
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: { name: 'foo', namespace: 'ns', ...(deleted ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}) },
    spec,
    status: own,
  });
  expect(strategy.validateStatus?.(claim(status), claim(old)).map(formatFieldError)).toEqual(errors);
});

it.each([
  ['a', 'error validating uid: invalid UUID length: 1'],
  [
    'Aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa',
    'uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase hexadecimal characters',
  ],
])('refuses %s as the share of a device', (shareID, words) => {
  const claim = {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: { name: 'foo' },
    spec: SPEC,
    status: allocated({ shareID }),
  };
  expect(strategy.validateStatus?.(claim, { ...claim, status: {} }).map(formatFieldError)).toEqual([
    `${RESULT}.shareID: Invalid value: "${shareID}": ${words}`,
  ]);
});

it('lets the status of a device go with the device', () => {
  const claim = { apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaim', metadata: { name: 'foo' } };
  const [old, now] = [
    { ...claim, status: withDevices({}) },
    { ...claim, status: { devices: [device] } },
  ];
  expect(withoutDeallocatedDevices(now, old)).toEqual({ ...claim, status: {} });
  expect(withoutDeallocatedDevices(old, old)).toBe(old);
});
