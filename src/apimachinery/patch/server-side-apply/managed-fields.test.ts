import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../base/json.ts';
import { attempt } from '../patch-result.ts';
import { describeConflicts } from './conflict-message.ts';
import { EMPTY_SET, fieldSetOf, pathsOf } from './field-set.ts';
import { fromFieldsV1, toFieldsV1 } from './fields-v1.ts';
import { decodeManagedFields, encodeManagedFields, managerIdentifier } from './managed-fields.ts';
import { fieldElement, formatPath, keyElement, parsePathElement, valueElement } from './path-element.ts';

/** managedfields/internal/pathelement_test.go, 1.36.2: 14 round trips, 1 unknown kind, 9 errors. */
describe('an element of FieldsV1', () => {
  const texts = [
    'i:0',
    'i:1234',
    'f:',
    'f:spec',
    'f:more-complicated-string',
    'k:{"name":"my-container"}',
    'k:{"port":"8080","protocol":"TCP"}',
    'k:{"optionalField":null}',
    'k:{"jsonField":{"A":1,"B":null,"C":"D","E":{"F":"G"}}}',
    'k:{"listField":["1","2","3"]}',
    'v:null',
    'v:"some-string"',
    'v:1234',
    'v:{"some":"json"}',
  ];
  it.each(texts)('%s is read and written alike', (text) => {
    expect(parsePathElement(text)).toMatchObject({ id: text });
  });
  it('of an unknown kind is skipped', () => {
    expect(parsePathElement('r:Hello')).toBe('unknown');
  });
  it.each([
    '',
    'no-colon',
    'i:index is not a number',
    'i:1.23',
    'i:',
    'v:invalid json',
    'v:',
    'k:invalid json',
    'k:{"name":invalid}',
  ])('%j is malformed', (text) => expect(parsePathElement(text)).toBeUndefined());
});

/** managedfields/internal/fields_test.go, 1.36.2: 2 round trips, 1 error; the error of writing needs an invalid element. */
describe('FieldsV1', () => {
  it.each<JsonValue>([{ 'f:metadata': { '.': {}, 'f:name': {} } }, {}])('%j is read and written alike', (fields) => {
    expect(toFieldsV1(fromFieldsV1(fields) ?? EMPTY_SET)).toEqual(fields);
  });
  it('with a malformed key is refused', () => {
    expect(fromFieldsV1({ 'k:{invalid json}': { 'f:name': {}, '.': {} } })).toBeUndefined();
  });
  it('lists fields by name, then keys, then values', () => {
    const set = fieldSetOf(
      [valueElement('b')],
      [keyElement([['name', 'x']])],
      [fieldElement('b')],
      [fieldElement('a'), fieldElement('c')],
    );
    expect(Object.keys(toFieldsV1(set))).toEqual(['f:a', 'f:b', 'k:{"name":"x"}', 'v:"b"']);
    expect(pathsOf(set).map(formatPath)).toEqual(['.b', '[name="x"]', '[="b"]', '.a.c']);
  });
});

const entry = {
  manager: 'foo',
  operation: 'Update',
  apiVersion: 'v1',
  fieldsType: 'FieldsV1',
  fieldsV1: { 'f:spec': {} },
};

/** managedfields/internal/managedfields_test.go, 1.36.2: TestHasFieldsType, TestHasAPIVersion, TestHasOperation. */
describe('an entry of managedFields', () => {
  it.each([
    [{ ...entry, fieldsType: undefined }, 'missing fieldsType in managed fields entry 0'],
    [{ ...entry, fieldsType: 'invalid' }, 'invalid fieldsType "invalid" in managed fields entry 0'],
    [{ ...entry, apiVersion: undefined }, 'apiVersion must not be empty'],
    [{ ...entry, operation: undefined }, 'operation must be `Apply` or `Update`'],
    [{ ...entry, operation: 'RandomOperation' }, 'operation must be `Apply` or `Update`'],
  ])('%j is refused', (bad, message) => {
    expect(attempt(() => decodeManagedFields([bad as unknown as JsonValue]))).toMatchObject({ ok: false, message });
  });
  it.each([entry, { ...entry, operation: 'Apply' }, { ...entry, subresource: 'scale', time: '2001-02-03T04:05:06Z' }])(
    '%j is read and written alike',
    (good) => expect(encodeManagedFields(decodeManagedFields([good]))).toEqual([good]),
  );
});

/** TestBuildManagerIdentifier: 3 cases. */
describe('the identifier of a manager', () => {
  it.each([
    [{ operation: 'Update', subresource: '' }, '{"manager":"foo","operation":"Update","apiVersion":"v1"}'],
    [{ operation: 'Apply', subresource: '' }, '{"manager":"foo","operation":"Apply"}'],
    [{ operation: 'Apply', subresource: 'scale' }, '{"manager":"foo","operation":"Apply","subresource":"scale"}'],
  ] as const)('%j', (info, expected) => {
    expect(managerIdentifier({ manager: 'foo', apiVersion: 'v1', ...info })).toBe(expected);
  });
});

function named(manager: string, operation: string, time?: string, more: object = {}): JsonValue {
  return {
    ...entry,
    manager,
    operation,
    ...(time === undefined ? {} : { time }),
    ...more,
  };
}

/** TestSortEncodedManagedFields: the rule of its 7 cases. */
describe('the order of entries', () => {
  it('is appliers first, then time, manager, version, subresource', () => {
    const early = '2000-01-01T00:00:00Z';
    const late = '2001-01-01T00:00:00Z';
    const sorted = [
      named('a', 'Apply'),
      named('b', 'Apply', early),
      named('a', 'Apply', late),
      named('d', 'Update', early),
      named('c', 'Update', late),
      named('c', 'Update', late, { subresource: 'scale' }),
      named('c', 'Update', late, { subresource: 'status' }),
      named('c', 'Update', late, { apiVersion: 'v2' }),
      named('e', 'Update', late),
    ].filter((row, index, all) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(row)) === index);
    // One applier is one manager, so the second `a` is given a name of its own.
    const unique = sorted.map((row, index) => (index === 2 ? { ...(row as object), manager: 'z' } : row) as JsonValue);
    expect(encodeManagedFields(decodeManagedFields(unique.toReversed()))).toEqual(unique);
  });
});

/** managedfields/internal/conflict_test.go, 1.36.2: 3 cases, without the time that no identifier holds any more. */
describe('the words for conflicts', () => {
  const replicas = fieldSetOf([fieldElement('spec'), fieldElement('replicas')]);
  const app = fieldSetOf([fieldElement('metadata'), fieldElement('labels'), fieldElement('app')]);
  const foo = managerIdentifier({ manager: 'foo', operation: 'Update', apiVersion: 'v1', subresource: '' });
  const bar = managerIdentifier({ manager: 'bar', operation: 'Apply', apiVersion: 'v1', subresource: '' });
  const scaler = managerIdentifier({ manager: 'foo', operation: 'Update', apiVersion: 'v1', subresource: 'scale' });

  it('name one field and its manager', () => {
    expect(describeConflicts(new Map([[foo, replicas]]))).toEqual({
      message: 'Apply failed with 1 conflict: conflict with "foo" using v1: .spec.replicas',
      causes: [{ message: 'conflict with "foo" using v1', field: '.spec.replicas' }],
    });
  });
  it('group several by manager', () => {
    const { message } = describeConflicts(
      new Map([
        [foo, replicas],
        [bar, app],
      ]),
    );
    const lines = [
      'conflicts with "bar":',
      '- .metadata.labels.app',
      'conflicts with "foo" using v1:',
      '- .spec.replicas',
    ];
    expect(message).toBe(`Apply failed with 2 conflicts: ${lines.join('\n')}`);
  });
  it('name the subresource', () => {
    const { message } = describeConflicts(new Map([[scaler, replicas]]));
    expect(message).toBe(
      'Apply failed with 1 conflict: conflict with "foo" with subresource "scale" using v1: .spec.replicas',
    );
  });
});
