import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, valueAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { capUpdateManagers } from './cap-managers.ts';
import { applyConfiguration } from './apply-configuration.ts';
import { trackUpdate } from './track-update.ts';
import { LAST_APPLIED } from '../../last-applied.ts';
import { decodeManagedFields, encodeManagedFields } from './managed-fields.ts';
import { endpointOf } from './testdata/kubernetes-kinds.ts';
import upstream from './testdata/managed-fields.json' with { type: 'json' };
import answers from './testdata/server-side-apply-answers.json' with { type: 'json' };

interface Operation {
  readonly op: 'apply' | 'force' | 'update';
  readonly manager: string;
  readonly time: string;
  readonly object: JsonObject;
  readonly live?: JsonObject;
  readonly error?: string;
  readonly code?: number;
  /** Left out where only the message is compared. */
  readonly causes?: readonly { readonly reason: string; readonly message: string; readonly field: string }[];
}

interface Case {
  readonly name: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly subresource: string;
  readonly ops: readonly Operation[];
}

const SOURCE = {
  area: 'patches',
  file: 'staging/src/k8s.io/apimachinery/pkg/util/managedfields/{fieldmanager,internal/*}_test.go',
  release: '1.36.2',
} as const;

const RECORDED = { area: 'patches', file: 'k8s.io/apimachinery', release: '0.36.2', recorded: true } as const;

const LEFT_OUT = Object.fromEntries(
  upstream.leftOut.map(({ cases: count, reason }) => [reason, { count, reason }] as const),
);

const cases = upstream.cases as unknown as readonly Case[];
const capped = upstream.capped as unknown as readonly Case[];

/** One write, compared with upstream's answer; gives the live object after it. */
function write(live: JsonObject, { kind, subresource }: Case, operation: Operation): JsonObject {
  const { op, manager, time, object } = operation;
  const endpoint = endpointOf(kind, subresource);
  if (op === 'update') {
    const next = trackUpdate(live, object, { manager, time }, endpoint);
    expect(next).toEqual(operation.live);
    return next;
  }
  const result = applyConfiguration(live, object, { manager, time, force: op === 'force' }, endpoint);
  if (operation.error === undefined) {
    expect(result).toMatchObject({ ok: true });
    if (result.ok) expect(result.object).toEqual(operation.live);
    return result.ok ? result.object : live;
  }
  const causes = operation.causes?.map(({ message, field }) => ({ message, field }));
  if (operation.code === 409) {
    expect(result).toMatchObject({ ok: false, code: 409, message: operation.error });
    if (!result.ok && causes) expect(new Set(result.causes)).toEqual(new Set(causes));
  } else expect(result).toMatchObject({ ok: false, code: operation.code });
  return live;
}

describe("upstream's field manager", () => {
  upstreamLeftOut(SOURCE, LEFT_OUT);
  upstreamEach(SOURCE)(cases)('$name', (row) => {
    let live: JsonObject = { apiVersion: row.apiVersion, kind: row.kind };
    for (const operation of row.ops) live = write(live, row, operation);
  });
  /** Random writes, answered by k8s.io/apimachinery v0.36.2 with the OpenAPI definitions of 1.36. */
  upstreamEach(RECORDED)(answers as unknown as readonly Case[])('random writes: $name', (row) => {
    let live: JsonObject = { apiVersion: row.apiVersion, kind: row.kind };
    for (const operation of row.ops) live = write(live, row, operation);
  });
  upstreamEach(SOURCE)(capped)('with at most three update managers: $name', (row) => {
    // Upstream's test converter takes every version for the same.
    const { schema, ...rest } = endpointOf(row.kind, row.subresource);
    const endpoint = { ...rest, schema, convert: (value: JsonValue | undefined) => ({ value, schema }) };
    let live: JsonObject = { apiVersion: row.apiVersion, kind: row.kind };
    for (const { object, manager, time, live: expected } of row.ops) {
      const next = trackUpdate(live, object, { manager, time }, endpoint);
      const managed = capUpdateManagers(decodeManagedFields(arrayAt(next, 'metadata', 'managedFields')), 3);
      expect(encodeManagedFields(managed)).toEqual(valueAt(expected, 'metadata', 'managedFields'));
      live = expected ?? live;
    }
  });
  it('is counted', () => {
    const writes = [...cases, ...capped].reduce((sum, { ops }) => sum + ops.length, 0);
    expect([cases.length, capped.length, writes]).toEqual([48, 7, 130]);
  });
});

/** What upstream's tests TestNoUpdateBeforeFirstApply, TestUpdateBeforeFirstApply and TestLargeLastApplied show. */
describe('an object that nobody has applied yet', () => {
  const endpoint = endpointOf('ConfigMap');
  const old = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', uid: '1' }, data: { a: '1' } };

  it('is not tracked from the middle of its life', () => {
    const next = trackUpdate(old, { ...old, data: { a: '2' } }, { manager: 'm', time: T }, endpoint);
    expect(valueAt(next, 'metadata', 'managedFields')).toBeUndefined();
  });
  it('keeps what it had under before-first-apply', () => {
    const wanted = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: '2' } };
    const refused = applyConfiguration(old, wanted, { manager: 'm', time: T }, endpoint);
    const message = 'Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.a';
    expect(refused).toMatchObject({ ok: false, code: 409, message });
    const forced = applyConfiguration(old, { ...wanted, data: { b: '2' } }, { manager: 'm', time: T }, endpoint);
    const managers = forced.ok
      ? arrayAt(forced.object, 'metadata', 'managedFields').map((entry) => valueAt(entry, 'manager'))
      : [];
    expect(managers).toEqual(['m', 'before-first-apply']);
  });
});

function managersOf(object: JsonObject): unknown[] {
  return arrayAt(object, 'metadata', 'managedFields').map((item) => valueAt(item, 'manager'));
}

describe('a manager of a version that is no longer served', () => {
  it('disappears with the next write', () => {
    const entry = {
      manager: 'old',
      operation: 'Apply',
      apiVersion: 'v1beta1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': { 'f:x': {} } },
    };
    const live = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', managedFields: [entry] },
      data: { x: '1' },
    };
    const endpoint = endpointOf('ConfigMap');
    expect(managersOf(trackUpdate(live, { ...live, data: { x: '2' } }, { manager: 'new', time: T }, endpoint))).toEqual(
      ['new'],
    );
    const applied = applyConfiguration(
      live,
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { x: '3' } },
      { manager: 'new', time: T },
      endpoint,
    );
    expect(applied.ok && managersOf(applied.object)).toEqual(['new']);
  });
});

describe('the annotation of client-side apply', () => {
  const endpoint = endpointOf('ConfigMap');

  it('is dropped where the annotations would grow beyond 256 KiB', () => {
    const annotated = { ...config(1), metadata: { name: 'a', annotations: { [LAST_APPLIED]: '{}' } } };
    const live = trackUpdate(
      { apiVersion: 'v1', kind: 'ConfigMap' },
      annotated,
      { manager: 'other', time: T },
      endpoint,
    );
    const applied = (size: number): unknown => {
      const result = applyConfiguration(live, config(size), { manager: 'kubectl', time: T, force: true }, endpoint);
      return result.ok && valueAt(result.object, 'metadata', 'annotations', LAST_APPLIED);
    };
    expect(applied(2)).toBe('{"apiVersion":"v1","data":{"a":"xx"},"kind":"ConfigMap","metadata":{"name":"a"}}\n');
    expect(applied(300_000)).toBeUndefined();
  });
});

const T = '2026-01-01T00:00:00Z';

function config(size: number): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'x'.repeat(size) } };
}
