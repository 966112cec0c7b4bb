import type { JsonObject } from '../../base/json.ts';
import type { DeclarativeCreate, DeclarativeTable, DeclarativeUpdate } from '../testing/declarative-table.ts';
import { judgeTables } from '../testing/declarative-table.ts';
import { resourceClaimStrategy } from './resourceclaim.strategy.ts';

const times = <T>(count: number, made: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => made(index));
const devices = (change: JsonObject): JsonObject => ({ spec: { devices: change } });
const request = (name: string, exactly: JsonObject = {}): JsonObject => ({
  name,
  exactly: { deviceClassName: 'class', allocationMode: 'ExactCount', count: 1, ...exactly },
});
const names = (count: number): readonly string[] => times(count, (index) => `req-${index}`);
const requests = (count: number): JsonObject => ({ requests: names(count).map((name) => request(name)) });
const exactly = (change: JsonObject): JsonObject => devices({ requests: [request('req-0', change)] });
const sub = (name: string, change: JsonObject = {}): JsonObject => ({
  name,
  deviceClassName: 'class',
  allocationMode: 'All',
  ...change,
});
const firstAvailable = (...list: readonly JsonObject[]): JsonObject =>
  devices({ requests: [{ name: 'req-0', firstAvailable: list }] });
const firstOf = (count: number): JsonObject => firstAvailable(...times(count, (index) => sub(`sub-${index}`)));
const selectors = (count: number): JsonObject => ({
  selectors: times(count, (index) => ({ cel: { expression: `device.driver == "test.driver.io${index}"` } })),
});
const opaque = (driver = 'dra.example.com'): JsonObject => ({
  opaque: { driver, parameters: { kind: 'foo', apiVersion: 'dra.example.com/v1' } },
});
const config = (list: readonly string[] = ['req-0']): JsonObject => ({ requests: list, ...opaque() });
const constraint = (list: readonly string[] = ['req-0']): JsonObject => ({ requests: list, matchAttribute: 'foo/bar' });
const driver = (text: string): JsonObject => devices({ config: [{ requests: ['req-0'], ...opaque(text) }] });
const tolerated = (change: JsonObject = {}): JsonObject => ({
  tolerations: [{ key: 'valid-key', operator: 'Exists', effect: 'NoSchedule', ...change }],
});
const equal = (change: JsonObject = {}): JsonObject =>
  tolerated({ key: 'key', operator: 'Equal', value: 'value', ...change });
const firstTolerates = (toleration: JsonObject): JsonObject => firstAvailable(sub('sub-0', toleration));
const className = (deviceClassName: string): JsonObject => firstAvailable(sub('sub-0', { deviceClassName }));
const attribute = (matchAttribute: string): JsonObject => devices({ constraints: [{ matchAttribute }] });

const [REQUESTS, CONSTRAINTS, CONFIG] = ['spec.devices.requests', 'spec.devices.constraints', 'spec.devices.config'];
const [EXACTLY, FIRST] = [`${REQUESTS}[0].exactly`, `${REQUESTS}[0].firstAvailable`];
const DRIVER = `${CONFIG}[0].opaque.driver`;
const [BAD_DRIVER, LONG_DRIVER] = [`${DRIVER}: Invalid value`, `${DRIVER}: Too long`];
const ATTRIBUTE = `${CONSTRAINTS}[0].matchAttribute`;
const [BAD_ATTRIBUTE, LONG_ATTRIBUTE] = [`${ATTRIBUTE}: Invalid value`, `${ATTRIBUTE}: Too long`];
const MANY_REQUESTS = `${REQUESTS}: Too many`;
const BAD_KEY = `${EXACTLY}.tolerations[0].key: Invalid value`;
const BAD_FIRST_KEY = `${FIRST}[0].tolerations[0].key: Invalid value`;
const BAD_CLASS = `${FIRST}[0].deviceClassName: Invalid value`;

const LISTS: readonly DeclarativeCreate[] = [
  ['valid', {}],
  ['valid requests, max allowed', devices({ config: times(32, () => config()) })],
  ['valid constraints, max allowed', devices({ constraints: times(32, () => constraint()) })],
  ['valid config, max allowed', devices({ config: times(32, () => config()) })],
  ['invalid requests, too many', devices(requests(33)), MANY_REQUESTS],
  [
    'invalid requests, duplicate name',
    devices({ requests: [request('req-0'), request('req-0')] }),
    `${REQUESTS}[1]: Duplicate value`,
  ],
  [
    'invalid requests, too many AND duplicate name (short-circuit check)',
    devices({ requests: [...names(33), 'req-0'].map((name) => request(name)) }),
    MANY_REQUESTS,
  ],
  [
    'invalid constraints, too many',
    devices({ constraints: times(33, () => constraint()) }),
    `${CONSTRAINTS}: Too many`,
  ],
  ['invalid config, too many', devices({ config: times(33, () => config()) }), `${CONFIG}: Too many`],
  ['invalid firstAvailable, too many', firstOf(9), `${FIRST}: Too many`],
  [
    'invalid firstAvailable, duplicate name',
    firstAvailable(sub('sub-0'), sub('sub-0')),
    `${FIRST}[1]: Duplicate value`,
  ],
  ['invalid selectors, too many', exactly(selectors(33)), `${EXACTLY}.selectors: Too many`],
  [
    'invalid subrequest selectors, too many',
    firstAvailable(sub('sub-0', selectors(33))),
    `${FIRST}[0].selectors: Too many`,
  ],
  [
    'invalid constraint requests, too many',
    devices({ ...requests(33), constraints: [constraint(names(33))] }),
    MANY_REQUESTS,
    `${CONSTRAINTS}[0].requests: Too many`,
  ],
  [
    'invalid config requests, too many',
    devices({ ...requests(33), config: [config(names(33))] }),
    MANY_REQUESTS,
    `${CONFIG}[0].requests: Too many`,
  ],
  [
    'invalid constraint requests, duplicate name',
    devices({ constraints: [constraint(['req-0', 'req-0'])] }),
    `${CONSTRAINTS}[0].requests[1]: Duplicate value`,
  ],
  [
    'invalid config requests, duplicate name',
    devices({ config: [config(['req-0', 'req-0'])] }),
    `${CONFIG}[0].requests[1]: Duplicate value`,
  ],
  ['valid firstAvailable, max allowed', firstOf(8)],
  ['valid selectors, max allowed', exactly(selectors(32))],
  ['valid subrequest selectors, max allowed', firstAvailable(sub('sub-0', selectors(32)))],
  ['valid constraint requests, max allowed', devices({ ...requests(32), constraints: [constraint(names(32))] })],
  ['valid config requests, max allowed', devices({ ...requests(32), config: [config(names(32))] })],
];

const FIELDS: readonly DeclarativeCreate[] = [
  ['valid opaque driver, lowercase', driver('dra.example.com')],
  ['valid opaque driver, mixed case', driver('DRA.Example.COM')],
  ['valid opaque driver, max length', driver('a'.repeat(63))],
  ['invalid opaque driver, empty', driver(''), `${DRIVER}: Required value`],
  ['invalid opaque driver, too long - 64 characters', driver('a'.repeat(64)), LONG_DRIVER],
  ['invalid opaque driver, too long - 255 characters', driver('a'.repeat(255)), LONG_DRIVER, BAD_DRIVER],
  ['invalid opaque driver, invalid character', driver('dra_example.com'), BAD_DRIVER],
  ['invalid opaque driver, invalid DNS name (leading dot)', driver('.example.com'), BAD_DRIVER],
  ['valid Exactly.Tolerations.Key', exactly(tolerated())],
  ['valid Exactly.Tolerations.Key empty', exactly(tolerated({ key: '' }))],
  ['invalid Exactly.Tolerations.Key', exactly(tolerated({ key: 'invalid_key!' })), BAD_KEY],
  ['invalid  Exactly.Tolerations.Key - multiple slashes', exactly(tolerated({ key: 'a/b/c' })), BAD_KEY],
  ['valid FirstAvailable.Tolerations.Key', firstTolerates(tolerated())],
  ['valid FirstAvailable.Tolerations.Key empty', firstTolerates(tolerated({ key: '' }))],
  ['invalid FirstAvailable.Tolerations.Key', firstTolerates(tolerated({ key: 'invalid_key!' })), BAD_FIRST_KEY],
  [
    'invalid FirstAvailable.Tolerations.Key - multiple slashes',
    firstTolerates(tolerated({ key: 'a/b/c' })),
    BAD_FIRST_KEY,
  ],
  ['valid DeviceAllocationMode - All', exactly({ allocationMode: 'All', count: 0 })],
  [
    'invalid DeviceAllocationMode - Exactly',
    exactly({ allocationMode: 'InvalidMode' }),
    `${EXACTLY}.allocationMode: Unsupported value`,
  ],
  ['valid DeviceAllocationMode - FirstAvailable', firstOf(1)],
  [
    'invalid DeviceAllocationMode - FirstAvailable',
    firstAvailable(sub('sub-0', { allocationMode: 'InvalidMode', count: 1 })),
    `${FIRST}[0].allocationMode: Unsupported value`,
  ],
  ['valid firstAvailable class name', className('class')],
  ['invalid firstAvailable class name - invalid characters', className('Class&'), BAD_CLASS],
  ['invalid firstAvailable class name - long name', className('a'.repeat(254)), BAD_CLASS],
  ['invalid firstAvailable class name - empty', className(''), `${FIRST}[0].deviceClassName: Required value`],
  ...(
    [
      ['Exactly', (toleration: JsonObject) => exactly(toleration), EXACTLY],
      ['FirstAvailable', firstTolerates, `${FIRST}[0]`],
    ] as const
  ).flatMap(([where, toleration, path]): readonly DeclarativeCreate[] => [
    [`valid DeviceTolerationOperator/Effect - ${where}`, toleration(equal())],
    [
      `invalid DeviceTolerationOperator empty - ${where}`,
      toleration(equal({ operator: '' })),
      `${path}.tolerations[0].operator: Required value`,
    ],
    [
      `invalid DeviceTolerationOperator - ${where}`,
      toleration(equal({ operator: 'InvalidOp' })),
      `${path}.tolerations[0].operator: Unsupported value`,
    ],
    [
      `invalid DeviceTaintEffect - ${where}`,
      toleration(equal({ effect: 'InvalidEffect' })),
      `${path}.tolerations[0].effect: Unsupported value`,
    ],
  ]),
  ['invalid match attribute', attribute('invalid!'), BAD_ATTRIBUTE],
  ['match attribute without domain', attribute('nodomain'), BAD_ATTRIBUTE],
  ['match attribute empty', attribute(''), BAD_ATTRIBUTE],
  ['match attribute with empty domain', attribute('/foo'), BAD_ATTRIBUTE],
  ['match attribute with empty name', attribute('foo/'), BAD_ATTRIBUTE],
  ['match attribute with invalid domain', attribute('invalid_domain/foo'), BAD_ATTRIBUTE],
  ['match attribute with invalid name', attribute('domain/invalid-name'), BAD_ATTRIBUTE],
  ['match attribute with long name', attribute(`domain/${'a'.repeat(65)}`), LONG_ATTRIBUTE],
  ['match attribute with long domain', attribute(`${'a'.repeat(254)}/name`), LONG_ATTRIBUTE, BAD_ATTRIBUTE],
];

const IMMUTABLE = 'spec: Invalid value';
const OTHER_KEY = tolerated({ key: 'another-valid-key' });
const UPDATES: readonly DeclarativeUpdate[] = [
  ['valid', {}, {}],
  ['spec immutable: modify request class name', {}, exactly({ deviceClassName: 'another-class' }), IMMUTABLE],
  ['spec immutable: add request', {}, devices(requests(2)), IMMUTABLE],
  ['spec immutable: remove request', {}, devices({ requests: [] }), IMMUTABLE],
  ['spec immutable: add constraint', {}, devices({ constraints: [constraint()] }), IMMUTABLE],
  ['spec immutable: short-circuits other errors (e.g. TooMany)', {}, devices(requests(33)), IMMUTABLE],
  ['spec immutable: add Exactly.Tolerations', {}, exactly(tolerated()), IMMUTABLE],
  ['spec immutable: change Exactly.Tolerations.Key', exactly(tolerated()), exactly(OTHER_KEY), IMMUTABLE],
  ['spec immutable: add FirstAvailable.Tolerations', firstOf(1), firstTolerates(tolerated()), IMMUTABLE],
  [
    'spec immutable: change FirstAvailable.Tolerations.Key',
    firstTolerates(tolerated()),
    firstTolerates(OTHER_KEY),
    IMMUTABLE,
  ],
  ['spec immutable: short-circuits deviceClassName error', {}, className('Class'), IMMUTABLE],
];

const RESULT: JsonObject = { request: 'req-0', driver: 'dra.example.com', pool: 'pool-0', device: 'device-0' };
const DEVICE: JsonObject = { driver: 'dra.example.com', pool: 'pool-0', device: 'device-0' };
const ADDED = { request: 'req-0', driver: 'another.example.com', pool: 'pool-1', device: 'device-1' };
const allocated = (results: readonly JsonObject[], rest: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  status: { allocation: { devices: { results, ...more } }, ...rest },
});
const result = (change: JsonObject = {}, rest: JsonObject = {}): JsonObject =>
  allocated([{ ...RESULT, ...change }], rest);
const configured = (list: readonly JsonObject[]): JsonObject => allocated([RESULT], {}, { config: list });
const source = (change: JsonObject = {}): JsonObject => ({ source: 'FromClaim', ...config(), ...change });
const reserved = (...uids: readonly string[]): JsonObject =>
  allocated([RESULT], { reservedFor: uids.map((uid) => ({ uid, resource: 'Pod', name: 'pod-name' })) });
const uuid = (index: number): string => `11111111-2222-4333-8444-${String(index).padStart(12, '0')}`;
const [ONE, TWO] = ['550e8400-e29b-41d4-a716-446655440000', '550e8400-e29b-41d4-a716-446655440001'];
const UPPER = '123e4567-E89b-12d3-A456-426614174000';
const network = (networkData: JsonObject): JsonObject => allocated([RESULT], { devices: [{ ...DEVICE, networkData }] });
const several = (drivers: readonly string[], reported: readonly string[], ...shares: readonly string[]): JsonObject => {
  const one = (name: string, index: number): JsonObject => ({
    driver: name,
    pool: 'pool1',
    device: 'device1',
    ...(shares[index] === undefined ? {} : { shareID: shares[index] }),
  });
  const results = drivers.map((name, index) => ({ request: 'req-0', ...one(name, index) }));
  return allocated([RESULT, ...results], { devices: reported.map((name, index) => one(name, index)) });
};
const binding = (conditions: number, failed: number): JsonObject =>
  result({
    bindingConditions: times(conditions, (index) => `condition-${index}`),
    bindingFailureConditions: times(failed, (index) => `failure-condition-${index}`),
  });
const addresses = (count: number): JsonObject => network({ ips: times(count, (index) => `1.2.3.${index}/32`) });

const RESULTS = 'status.allocation.devices.results';
const CONFIGS = 'status.allocation.devices.config';
const FIXED = 'status.allocation: Invalid value';
const [BAD_SHARE, BAD_DEVICE_SHARE] = [
  `${RESULTS}[0].shareID: Invalid value`,
  'status.devices[0].shareID: Invalid value',
];
const BAD_POOL = `${RESULTS}[0].pool: Invalid value`;
const LONGEST_POOL = ['a'.repeat(63), 'b'.repeat(63), 'c'.repeat(63), 'd'.repeat(55)].join('.');
/** What the lengths of network data are: the name of an interface and the hardware's address. */
const [INTERFACE, HARDWARE] = [256, 128];
const CLEF = '𝄞';
const LONG_INTERFACE = 'status.devices[0].networkData.interfaceName: Too long';
const LONG_HARDWARE = 'status.devices[0].networkData.hardwareAddress: Too long';
const lengths = (field: 'interfaceName' | 'hardwareAddress', shown: string, max: number, error: string) =>
  [
    [`valid ${shown}`, {}, network({ [field]: 'a'.repeat(max) })],
    [`valid ${shown} with multi-byte characters`, {}, network({ [field]: CLEF.repeat(max / 4) })],
    [`invalid ${shown} too long`, {}, network({ [field]: 'a'.repeat(max + 1) }), error],
    [
      `invalid ${shown} too long with multi-byte characters repeating max bytes length times`,
      {},
      network({ [field]: CLEF.repeat(max) }),
      error,
    ],
  ] satisfies readonly DeclarativeUpdate[];

const STATUSES: readonly DeclarativeUpdate[] = [
  ['valid driver name, lowercase', {}, result()],
  ['valid driver name, mixed case', {}, result({ driver: 'DRA.Example.COM' })],
  ['valid driver name, max length', {}, result({ driver: 'a'.repeat(63) })],
  ['invalid driver name, empty', {}, result({ driver: '' }), `${RESULTS}[0].driver: Required value`],
  [
    'invalid driver name, too long - 64 characters',
    {},
    result({ driver: 'a'.repeat(64) }),
    `${RESULTS}[0].driver: Too long`,
  ],
  [
    'invalid driver name, invalid character',
    {},
    result({ driver: 'dra_example.com' }),
    `${RESULTS}[0].driver: Invalid value`,
  ],
  [
    'invalid driver name, invalid DNS name (leading dot)',
    {},
    result({ driver: '.example.com' }),
    `${RESULTS}[0].driver: Invalid value`,
  ],
  ['valid pool name', {}, result({ pool: 'dra.example.com/pool-a' })],
  ['valid pool name, max length', {}, result({ pool: LONGEST_POOL })],
  ['invalid pool name, required', {}, result({ pool: '' }), `${RESULTS}[0].pool: Required value`],
  [
    'invalid pool name, too long',
    {},
    result({ pool: `${'a'.repeat(253)}/${'a'.repeat(253)}` }),
    `${RESULTS}[0].pool: Too long`,
  ],
  ['invalid pool name, format', {}, result({ pool: 'a/Not_Valid' }), BAD_POOL],
  ['invalid pool name, leading slash', {}, result({ pool: '/a' }), BAD_POOL],
  ['invalid pool name, trailing slash', {}, result({ pool: 'a/' }), BAD_POOL],
  ['invalid pool name, double slash', {}, result({ pool: 'a//b' }), BAD_POOL],
  ['valid status.Allocation.Devices.Results[].ShareID', {}, result({ shareID: ONE })],
  ['invalid status.Allocation.Devices.Results[].ShareID', {}, result({ shareID: 'invalid-uid' }), BAD_SHARE],
  ['invalid uppercase status.Allocation.Devices.Results[].ShareID ', {}, result({ shareID: UPPER }), BAD_SHARE],
  ...(
    [
      ['valid status.Devices[].ShareID', ONE],
      ['invalid status.Devices[].ShareID', 'invalid-uid', BAD_SHARE, BAD_DEVICE_SHARE],
      ['invalid upper case status.Devices[].ShareID', UPPER, BAD_SHARE, BAD_DEVICE_SHARE],
    ] as const
  ).map(([name, shareID, ...errors]): DeclarativeUpdate => [
    name,
    {},
    result({ shareID }, { devices: [{ ...DEVICE, shareID }] }),
    ...errors,
  ]),
  ['duplicate uid in status.ReservedFor', {}, reserved(ONE, uuid(1), ONE), 'status.reservedFor[2]: Duplicate value'],
  [
    'multiple- duplicate uid in status.ReservedFor',
    {},
    reserved(ONE, uuid(1), ONE, TWO, TWO, uuid(2)),
    'status.reservedFor[2]: Duplicate value',
    'status.reservedFor[4]: Duplicate value',
  ],
  ['invalid status.ReservedFor, too many', {}, reserved(...times(257, uuid)), 'status.reservedFor: Too many'],
  ['valid status.ReservedFor, max items', {}, reserved(...times(256, uuid))],
  [
    'valid status.allocation.devices.results, max items',
    {},
    allocated(times(32, (index) => ({ ...RESULT, pool: `pool-${index}`, device: `device-${index}` }))),
  ],
  ['valid status.allocation unchanged', result(), result()],
  ['valid status.allocation set from nil', {}, result()],
  ['valid status.allocation cleared (Unset is allowed)', result(), {}],
  ['invalid status.allocation changed device (NoModify)', result(), result({ device: 'device-different' }), FIXED],
  ['invalid status.allocation changed driver (NoModify)', result(), result({ driver: 'different.example.com' }), FIXED],
  ['invalid status.allocation changed pool (NoModify)', result(), result({ pool: 'different-pool' }), FIXED],
  ['invalid status.allocation added result (NoModify)', result(), allocated([RESULT, ADDED]), FIXED],
  ['invalid status.allocation removed result (NoModify)', allocated([RESULT, ADDED]), result(), FIXED],
  [
    'invalid status.allocation.devices.results, too many',
    {},
    allocated(times(33, (index) => ({ ...RESULT, pool: `pool-${index}`, device: `device-${index}` }))),
    `${RESULTS}: Too many`,
  ],
  ['valid status.allocation.devices.config, max items', {}, configured(times(64, () => source()))],
  [
    'invalid status.allocation.devices.config, too many',
    {},
    configured(times(65, () => source())),
    `${CONFIGS}: Too many`,
  ],
  [
    'invalid status.allocation.devices.config requests, duplicate',
    {},
    configured([source({ requests: ['req-0', 'req-0'] })]),
    `${CONFIGS}[0].requests[1]: Duplicate value`,
  ],
  ['valid status.allocation.devices.config source FromClass', {}, configured([source({ source: 'FromClass' })])],
  ['valid status.allocation.devices.config source FromClaim', {}, configured([source()])],
  [
    'invalid status.allocation.devices.config source empty',
    {},
    configured([source({ source: '' })]),
    `${CONFIGS}[0].source: Required value`,
  ],
  [
    'invalid status.allocation.devices.config source invalid',
    {},
    configured([source({ source: 'invalid' })]),
    `${CONFIGS}[0].source: Unsupported value`,
  ],
  ['valid devices: without share Id', {}, several(['driver1', 'driver2'], ['driver1', 'driver2'])],
  ['valid devices: with share Id', {}, several(['driver1', 'driver2'], ['driver1', 'driver2'], ONE, TWO)],
  [
    'invalid devices, duplicate',
    {},
    several(['driver1'], ['driver1', 'driver1']),
    'status.devices[1]: Duplicate value',
  ],
  [
    'invalid devices, duplicate with share ID',
    {},
    several(['driver1'], ['driver1', 'driver1'], TWO, TWO),
    'status.devices[1]: Duplicate value',
  ],
  ['valid binding conditions, max items', {}, binding(4, 1)],
  ['invalid binding conditions, too many', {}, binding(5, 1), `${RESULTS}[0].bindingConditions: Too many`],
  ['valid binding failure conditions, max items', {}, binding(1, 4)],
  [
    'invalid binding failure conditions, too many',
    {},
    binding(1, 5),
    `${RESULTS}[0].bindingFailureConditions: Too many`,
  ],
  ...lengths('interfaceName', 'networkdevicedata interfacename', INTERFACE, LONG_INTERFACE),
  ...lengths('hardwareAddress', 'status.devices.networkData.hardwareAddress', HARDWARE, LONG_HARDWARE),
  [
    'invalid status.devices.networkData.ips duplicate',
    {},
    network({ ips: ['1.2.3.4/32', '1.2.3.4/32'] }),
    'status.devices[0].networkData.ips[1]: Duplicate value',
  ],
  [
    'invalid status.allocation.devices.config.requests too many',
    devices(requests(33)),
    { ...devices(requests(33)), ...configured([source({ requests: names(33) })]) },
    `${CONFIGS}[0].requests: Too many`,
  ],
  [
    'valid status.allocation.devices.config.requests, max allowed',
    devices(requests(32)),
    { ...devices(requests(32)), ...configured([source({ requests: names(32) })]) },
  ],
  [
    'invalid status.devices.networkData.ips, too many items',
    {},
    addresses(17),
    'status.devices[0].networkData.ips: Too many',
  ],
  ['invalid status.devices.networkData.ips, max allowed', {}, addresses(16)],
];

const BASE: DeclarativeTable = {
  strategy: resourceClaimStrategy,
  folder: 'resource/resourceclaim',
  valid: {
    metadata: { name: 'valid-claim', namespace: 'default' },
    spec: { devices: { requests: [request('req-0')] } },
  },
};
const { validateStatus = () => [] } = resourceClaimStrategy;
judgeTables([
  {
    ...BASE,
    create: ['TestDeclarativeValidate', [...LISTS, ...FIELDS]],
    update: ['TestDeclarativeValidateUpdate', UPDATES],
  },
  {
    ...BASE,
    strategy: { ...resourceClaimStrategy, validate: () => [], validateUpdate: validateStatus },
    update: ['TestValidateStatusUpdateForDeclarative', STATUSES],
  },
]);
