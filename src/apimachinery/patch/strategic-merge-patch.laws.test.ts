import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, jsonEqual, stringAt } from '../../base/json.ts';
import { upstreamEach } from '../../base/testing/upstream-table.ts';
import {
  applyStrategicMergePatch as apply,
  createThreeWayStrategicMergePatch,
  createTwoWayStrategicMergePatch as createTwoWay,
} from './strategic-merge-patch.ts';
import answers from './testdata/strategic-merge-answers.json' with { type: 'json' };
import { mergeItem } from './testdata/merge-item.schema.ts';
import { pod, podObject } from './testdata/pod.schema.ts';

const RECORDED = { area: 'patches', file: 'k8s.io/apimachinery', release: '0.36.2', recorded: true } as const;

interface Answer {
  readonly fn: 'smp' | 'smp2' | 'smp3';
  readonly a: JsonObject;
  readonly b: JsonObject;
  readonly c?: JsonObject;
  readonly value?: JsonObject;
  readonly error?: string;
}

/** Random MergeItems, answered by k8s.io/apimachinery v0.36.2; only answers that do not vary with Go's map order. */
describe('the answers of upstream', () => {
  upstreamEach(RECORDED)((answers as unknown as readonly Answer[]).map((row, index) => ({ index, row })))(
    '$index $row.fn',
    ({ row }) => {
      const { fn, a, b, c = {}, value, error } = row;
      const actual =
        fn === 'smp'
          ? apply(a, b, mergeItem)
          : fn === 'smp2'
            ? createTwoWay(a, b, mergeItem)
            : createThreeWayStrategicMergePatch({ original: a, modified: b, current: c }, mergeItem);
      if (error === undefined) expect(actual).toEqual({ ok: true, value });
      else expect(actual).toMatchObject({ ok: false, message: error });
    },
  );
});

describe('laws on Pods', () => {
  it('applying the two-way patch to the original gives the modified object', () => {
    fc.assert(
      fc.property(podObject, podObject, (original, modified) => {
        const patch = createTwoWay(original, modified, pod);
        if (!patch.ok) return false;
        const result = apply(original, patch.value, pod);
        return result.ok && jsonEqual(result.value, modified);
      }),
    );
  });
  it('equal objects need no patch', () => {
    fc.assert(
      fc.property(podObject, (object) => {
        const patch = createTwoWay(object, object, pod);
        return patch.ok && Object.keys(patch.value).length === 0;
      }),
    );
  });
  it('with nothing changed by others, the three-way patch leads where the two-way patch leads', () => {
    fc.assert(
      fc.property(podObject, podObject, (original, modified) => {
        const patch = createThreeWayStrategicMergePatch({ original, modified, current: original }, pod);
        if (!patch.ok) return false;
        const result = apply(original, patch.value, pod);
        return result.ok && jsonEqual(result.value, modified);
      }),
    );
  });
  it('what others added survives an apply, and a second apply changes nothing', () => {
    fc.assert(
      fc.property(podObject, podObject, (original, modified) => {
        const byOthers = {
          spec: { containers: [{ name: 'sidecar' }] },
          metadata: { annotations: { injected: 'true' } },
        };
        const current = apply(original, byOthers, pod);
        if (!current.ok) return false;
        const first = createThreeWayStrategicMergePatch({ original, modified, current: current.value }, pod);
        const live = first.ok ? apply(current.value, first.value, pod) : first;
        if (!live.ok) return false;
        const again = createThreeWayStrategicMergePatch({ original: modified, modified, current: live.value }, pod);
        const after = again.ok ? apply(live.value, again.value, pod) : again;
        const sidecar = arrayAt(live.value, 'spec', 'containers').some((item) => stringAt(item, 'name') === 'sidecar');
        return sidecar && after.ok && jsonEqual(after.value, live.value);
      }),
    );
  });
  it('no patch makes it throw, and no input is changed', () => {
    const json = fc.dictionary(
      fc.constantFrom(
        'name',
        'mergingList',
        '$patch',
        '$retainKeys',
        '$setElementOrder/mergingList',
        '$deleteFromPrimitiveList/mergingIntList',
        '__proto__',
      ),
      fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>,
    );
    fc.assert(
      fc.property(json, json, (original, patch) => {
        const before = JSON.stringify([original, patch]);
        apply(original, patch, mergeItem);
        createTwoWay(original, patch, mergeItem);
        return JSON.stringify([original, patch]) === before;
      }),
    );
  });
});

describe('structure', () => {
  it('shares what the patch does not touch', () => {
    const untouched = { mergingIntList: [1, 2] };
    const result = apply({ retainKeysMap: untouched, value: '1' }, { value: '2' }, mergeItem);
    expect(result.ok && result.value['retainKeysMap']).toBe(untouched);
  });
  it('keeps __proto__ a plain key', () => {
    const patch = JSON.parse('{"simpleMap":{"__proto__":"x"}}') as JsonObject;
    const result = apply({ simpleMap: { a: 'b' } }, patch, mergeItem);
    expect(JSON.stringify(result)).toBe('{"ok":true,"value":{"simpleMap":{"a":"b","__proto__":"x"}}}');
  });
});
