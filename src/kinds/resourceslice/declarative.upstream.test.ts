import type { JsonObject, JsonValue } from '../../base/json.ts';
import { upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import type { DeclarativeCreate, DeclarativeUpdate } from '../testing/declarative-table.ts';
import { declarativeSource, judgeTables } from '../testing/declarative-table.ts';
import { resourceSliceStrategy } from './resourceslice.strategy.ts';

const numbered = (count: number, prefix: string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
const device = (change: JsonObject): JsonObject => ({
  spec: {
    devices: [{ name: 'device-1', taints: [{ key: 'key1', value: 'value1', effect: 'NoSchedule' }], ...change }],
  },
});
const bindings = (count: number): JsonObject =>
  device({ bindingConditions: numbered(count, 'condition'), bindingFailureConditions: ['failure-conditions'] });
const failures = (count: number): JsonObject =>
  device({ bindingConditions: ['conditions'], bindingFailureConditions: numbered(count, 'failure-condition') });
const taint = (effect: string): JsonObject => device({ taints: [{ key: 'key1', value: 'value1', effect }] });
const attribute = (name: string, value: JsonObject): JsonObject =>
  device({ attributes: { [`test.io/${name}`]: value } });
const counters = (key: string | undefined): JsonObject =>
  key === undefined ? {} : { counters: { [key]: { value: '0' } } };

const named = (...names: readonly string[]): JsonObject =>
  sets(names.map((name) => ({ name, ...counters('valid-key') })));
const sets = (sharedCounters: JsonValue): JsonObject => ({ spec: { devices: null, sharedCounters } });
const shared = (key: string | undefined): JsonObject => sets([{ name: 'shared-counter-set', ...counters(key) }]);
const SHARED = named('shared-counter-set');
const consumed = (...names: readonly string[]): JsonObject =>
  device({ consumesCounters: names.map((counterSet) => ({ counterSet, ...counters('valid-key') })) });
const consumes = (key: string | undefined): JsonObject =>
  device({ consumesCounters: [{ counterSet: 'shared-counter-set', ...counters(key) }] });

/** The largest numbers: conditions of a device, sets of counters, sets that a device uses. */
const [CONDITIONS, SETS, USED] = [4, 8, 2];
const some = (count: number): readonly string[] => numbered(count, 'shared-counter-set');
const [SET, USE] = ['spec.sharedCounters', 'spec.devices[0].consumesCounters'];
const EFFECT = 'spec.devices[0].taints[0].effect';
const MANY_CONDITIONS = 'spec.devices[0].bindingConditions: Too many';
const MANY_FAILURES = 'spec.devices[0].bindingFailureConditions: Too many';
const badAttribute = (name: string): string => `spec.devices[0].attributes[test.io/${name}]: Invalid value`;

const CREATES: readonly DeclarativeCreate[] = [
  ['valid', {}],
  ['valid: one binding condition', bindings(1)],
  ['valid: at limit binding conditions', bindings(CONDITIONS)],
  ['invalid: too many binding conditions', bindings(CONDITIONS + 1), MANY_CONDITIONS],
  ['valid: one binding failure conditions', failures(1)],
  ['valid: at limit binding failure conditions', failures(CONDITIONS)],
  ['invalid: too many binding failure conditions', failures(CONDITIONS + 1), MANY_FAILURES],
  ['valid: taint NoSchedule', taint('NoSchedule')],
  ['valid: taint NoExecute', taint('NoExecute')],
  ['invalid: taint Invalid', taint('Invalid'), `${EFFECT}: Unsupported value`],
  ['invalid: taint empty', taint(''), `${EFFECT}: Required value`],
  ['valid: device attribute int', attribute('int', { int: 123 })],
  ['valid: device attribute bool', attribute('bool', { bool: true })],
  ['valid: device attribute string', attribute('string', { string: 'value' })],
  ['valid: device attribute version', attribute('version', { version: '1.2.3' })],
  [
    'invalid: device attribute with multiple values',
    attribute('multiple', { int: 123, bool: true }),
    badAttribute('multiple'),
  ],
  ['invalid: device attribute no value', attribute('multiple', {}), badAttribute('multiple')],
  [
    'invalid: device attribute list with multiple value types',
    attribute('list_of_multiple', { ints: [1, 2], bools: [true, false] }),
    badAttribute('list_of_multiple'),
  ],
  ['valid: at limit shared counters', named(...some(SETS))],
  ['invalid: too many shared counters', named(...some(SETS + 1)), `${SET}: Too many`],
  ['valid: at limit device consumes counters', consumed(...some(USED))],
  ['invalid: too many device consumes counters', consumed(...some(USED + 1)), `${USE}: Too many`],
  ['valid: counter set name', named('valid-key')],
  ['invalid: counter set name', named('InvalidKey'), `${SET}[0].name: Invalid value`],
  ['invalid: counter set name not set', named(''), `${SET}[0].name: Required value`],
  ['valid: device consumes counters counter set name', consumed('valid-key')],
  ['invalid: device consumes counters counter set name', consumed('InvalidKey'), `${USE}[0].counterSet: Invalid value`],
  ['invalid: device consumes counters counter set name not set', consumed(''), `${USE}[0].counterSet: Required value`],
  ['valid: distinct names for shared counters', named('valid-key-1', 'valid-key-2')],
  [
    'invalid: duplicate names for shared counters',
    named('duplicate-key', 'duplicate-key'),
    `${SET}[1]: Duplicate value`,
  ],
  ['valid: distinct names for counter set in device counter consumption', consumed('valid-key-1', 'valid-key-2')],
  [
    'invalid: duplicate names for counter set in device counter consumption',
    consumed('duplicate-key', 'duplicate-key'),
    `${USE}[1]: Duplicate value`,
  ],
  ['invalid: shared counter key with uppercase', shared('InvalidKey'), `${SET}[0].counters: Invalid value`],
  ['valid: shared counter key', shared('valid-key')],
  ['invalid: device counter key with uppercase', consumes('InvalidKey'), `${USE}[0].counters: Invalid value`],
  ['valid: device counter key', consumes('valid-key')],
];

const UPDATES: readonly DeclarativeUpdate[] = [
  ['valid no changes', {}, {}],
  ['valid update: at limit binding conditions', {}, bindings(CONDITIONS)],
  ['invalid update:update with too many binding conditions', {}, bindings(CONDITIONS + 1), MANY_CONDITIONS],
  ['valid update: at limit binding failure conditions', {}, failures(CONDITIONS)],
  ['update with too many binding failure conditions', {}, failures(CONDITIONS + 1), MANY_FAILURES],
  ['valid update: NoSchedule taint effect', {}, taint('NoSchedule')],
  ['valid update: NoExecute taint effect', {}, taint('NoExecute')],
  ['invalid update: unsupported taint effect', {}, taint('InvalidEffect'), `${EFFECT}: Unsupported value`],
  ['invalid update: empty taint effect', {}, taint(''), `${EFFECT}: Required value`],
  ['valid update: device attribute', attribute('int', { int: 123 }), attribute('int', { bool: true })],
  [
    'invalid update: device attribute with multiple values',
    {},
    attribute('multiple', { int: 123, bool: true }),
    badAttribute('multiple'),
  ],
  ['invalid update: device attribute no value', {}, attribute('empty', {}), badAttribute('empty')],
  ['valid update: at limit shared counters', SHARED, named(...some(SETS))],
  ['invalid update: too many shared counters', SHARED, named(...some(SETS + 1)), `${SET}: Too many`],
  ['valid update: at limit device consumes counters', {}, consumed(...some(USED))],
  ['invalid update: too many device consumes counters', {}, consumed(...some(USED + 1)), `${USE}: Too many`],
  ['valid update: counter set name', SHARED, named('valid-key')],
  ['invalid update: counter set name', SHARED, named('InvalidKey'), `${SET}[0].name: Invalid value`],
  ['invalid update: counter set name not set', SHARED, named(''), `${SET}[0].name: Required value`],
  ['valid update: device consumes counters counter set name', {}, consumed('valid-key')],
  [
    'invalid update: device consumes counters counter set name',
    {},
    consumed('InvalidKey'),
    `${USE}[0].counterSet: Invalid value`,
  ],
  [
    'invalidupdate: device consumes counters counter set name not set',
    {},
    consumed(''),
    `${USE}[0].counterSet: Required value`,
  ],
  ['valid update: distinct names for shared counters', SHARED, named('valid-key-1', 'valid-key-2')],
  [
    'invalid update: duplicate names for shared counters',
    SHARED,
    named('duplicate-key', 'duplicate-key'),
    `${SET}[1]: Duplicate value`,
  ],
  [
    'valid update: distinct names for counter set in device counter consumption',
    {},
    consumed('valid-key-1', 'valid-key-2'),
  ],
  [
    'invalid update: duplicate names for counter set in device counter consumption',
    {},
    consumed('duplicate-key', 'duplicate-key'),
    `${USE}[1]: Duplicate value`,
  ],
  [
    'invalid update: shared counter key with uppercase',
    SHARED,
    shared('InvalidKey'),
    `${SET}[0].counters: Invalid value`,
  ],
  [
    'invalid update: shared counter key nil to invalid',
    shared(undefined),
    shared('InvalidKey'),
    `${SET}[0].counters: Invalid value`,
  ],
  [
    'invalid update: device counter key with uppercase',
    {},
    consumes('InvalidKey'),
    `${USE}[0].counters: Invalid value`,
  ],
  [
    'invalid update: device counter key nil to invalid',
    consumes(undefined),
    consumes('InvalidKey'),
    `${USE}[0].counters: Invalid value`,
  ],
];

const GATE = 'the gate DRAListTypeAttributes is off by default in 1.36: the lists are dropped before';
upstreamLeftOut(
  declarativeSource('resource/resourceslice'),
  Object.fromEntries(
    ['ints', 'bools', 'strings', 'versions'].map((type) => [
      `TestDeclarativeValidate/valid: device attribute list of ${type}`,
      GATE,
    ]),
  ),
);

judgeTables([
  {
    strategy: resourceSliceStrategy,
    folder: 'resource/resourceslice',
    valid: {
      metadata: { name: 'test-slice' },
      spec: {
        driver: 'test.driver.io',
        nodeName: 'test-node',
        pool: { name: 'test-pool', resourceSliceCount: 5 },
        devices: [{ name: 'device-1', taints: [{ key: 'key1', value: 'value1', effect: 'NoSchedule' }] }],
      },
    },
    create: ['TestDeclarativeValidate', CREATES],
    update: ['TestDeclarativeValidateUpdate', UPDATES],
  },
]);
