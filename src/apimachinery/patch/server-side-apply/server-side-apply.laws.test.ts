import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, jsonEqual, stringAt, valueAt } from '../../../base/json.ts';
import { pod, podObject } from '../testdata/pod.schema.ts';
import { applyConfiguration } from './apply-configuration.ts';
import { trackUpdate } from './track-update.ts';
import type { ApplyResult } from './apply-configuration.ts';
import type { Endpoint } from './endpoint.ts';
import { difference, isEmptySet, pathsOf, withDeclaredFields } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { fieldSetOfValue } from './field-set-of-value.ts';
import { decodeManagedFields, withoutManagedFields } from './managed-fields.ts';
import { formatPath } from './path-element.ts';

const endpoint: Endpoint = { schema: pod, apiVersion: 'v1', kind: 'Pod', subresource: '' };
const time = '2026-01-01T00:00:00Z';

function apply(live: JsonObject | undefined, config: JsonObject, manager: string, force = true): ApplyResult {
  return applyConfiguration(live, config, { manager, time, force }, endpoint);
}

function objectOf(result: ApplyResult): JsonObject {
  if (result.ok) return result.object;
  throw new Error(result.message);
}

function ownedBy(object: JsonObject, manager: string): FieldSet[] {
  const { fields } = decodeManagedFields(arrayAt(object, 'metadata', 'managedFields'));
  return [...fields]
    .filter(([identifier]) => stringAt(JSON.parse(identifier), 'manager') === manager)
    .map(([, { set }]) => set);
}

const IDENTITY = new Set(['.apiVersion', '.kind', '.metadata', '.metadata.name']);

describe('laws of server-side apply', () => {
  it('applying the same configuration again changes nothing', () => {
    fc.assert(
      fc.property(podObject, podObject, (other, config) => {
        const once = objectOf(apply(objectOf(apply(undefined, other, 'other')), config, 'me'));
        const twice = apply(once, config, 'me', false);
        return twice.ok && !twice.changed && jsonEqual(twice.object, once);
      }),
    );
  });
  it('the applier owns what it applies, and nothing else', () => {
    fc.assert(
      fc.property(podObject, podObject, (other, config) => {
        const applied = objectOf(apply(objectOf(apply(undefined, other, 'other')), config, 'me'));
        const wanted = pathsOf(fieldSetOfValue({ value: config, schema: pod }))
          .map(formatPath)
          .filter((path) => !IDENTITY.has(path));
        const owned = ownedBy(applied, 'me').flatMap((set) => pathsOf(set).map(formatPath));
        return jsonEqual(owned.sort(), wanted.sort());
      }),
    );
  });
  it('what a manager applies no longer, and nobody else owns, is gone', () => {
    fc.assert(
      fc.property(podObject, (config) => {
        const nothing = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
        const applied = objectOf(
          apply(
            undefined,
            { ...config, metadata: { ...(valueAt(config, 'metadata') as JsonObject), name: 'a' } },
            'me',
          ),
        );
        const left = objectOf(apply(applied, nothing, 'me'));
        return (
          pathsOf(fieldSetOfValue({ value: left, schema: pod })).every((path) => IDENTITY.has(formatPath(path))) ||
          isEmptyShell(left)
        );
      }),
    );
  });
  it('two managers share what they apply alike, without conflict', () => {
    fc.assert(
      fc.property(podObject, (config) => {
        const first = objectOf(apply(undefined, config, 'one'));
        const second = apply(first, config, 'two', false);
        if (!second.ok) return false;
        const [one, two] = [ownedBy(second.object, 'one'), ownedBy(second.object, 'two')];
        return jsonEqual(
          one.map((set) => pathsOf(set).map(formatPath)),
          two.map((set) => pathsOf(set).map(formatPath)),
        );
      }),
    );
  });
  it('without force nothing of another manager changes', () => {
    fc.assert(
      fc.property(podObject, podObject, (theirs, mine) => {
        const live = objectOf(apply(undefined, theirs, 'them'));
        const result = apply(live, mine, 'me', false);
        if (!result.ok) return result.code === 409 && result.causes.length > 0;
        const before = ownedBy(live, 'them');
        const after = ownedBy(result.object, 'them');
        return (
          before.length === after.length && before.every((set, index) => isEmptySet(difference(set, after[index]!)))
        );
      }),
    );
  });
  it('an update makes its writer own what differs, and nobody owns what is not there', () => {
    fc.assert(
      fc.property(podObject, podObject, (theirs, next) => {
        const live = objectOf(apply(undefined, theirs, 'them'));
        const updated = trackUpdate(live, next, { manager: 'me', time }, endpoint);
        const there = withDeclaredFields(fieldSetOfValue({ value: withoutManagedFields(updated), schema: pod }), pod);
        const { fields } = decodeManagedFields(arrayAt(updated, 'metadata', 'managedFields'));
        const applied = [...fields.values()].filter((owned) => owned.applied);
        return applied.every(({ set }) => isEmptySet(difference(set, there)));
      }),
    );
  });
  it('no input makes it throw, and no input is changed', () => {
    const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;
    const config = fc.record({ apiVersion: fc.constant('v1'), kind: fc.constant('Pod'), metadata: json, spec: json });
    fc.assert(
      fc.property(config, config, (live, next) => {
        const before = JSON.stringify([live, next]);
        apply(live, next, 'me');
        trackUpdate(live, next, { manager: 'me', time }, endpoint);
        return JSON.stringify([live, next]) === before;
      }),
    );
  });
});

/** Empty maps and lists that remain because something was removed from inside them. */
function isEmptyShell(object: JsonObject): boolean {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = object;
  const { name: _name, managedFields: _fields, ...others } = metadata as JsonObject;
  return [rest, others].every(hasNoScalar);
}

function hasNoScalar(value: JsonValue | undefined): boolean {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((item) => hasNoScalar(item as JsonValue))
  );
}

describe('the names of fields', () => {
  it('may be those of prototypes', () => {
    const config = JSON.parse(
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":{"__proto__":"x","constructor":"y"}}}',
    ) as JsonObject;
    const applied = objectOf(apply(undefined, config, 'me'));
    expect(valueAt(applied, 'metadata', 'labels', '__proto__')).toBe('x');
    expect(ownedBy(applied, 'me').flatMap((set) => pathsOf(set).map(formatPath))).toEqual([
      '.metadata.labels.__proto__',
      '.metadata.labels.constructor',
    ]);
  });
});
