import { describe, expect, it } from 'vitest';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { applyTxn, changesSince, compact, copyKeySpace, initialKeySpace, rangeAt } from './mvcc.ts';
import type { KeySpace } from './mvcc.ts';
import upstream from './testdata/key-index.json';

const KEY = 'foo';
const source = { area: 'etcd', file: upstream.source, release: upstream.release } as const;

function write(space: KeySpace, key: string, isDelete: boolean): void {
  const expectedRevision = space.newest.get(key)?.modRevision ?? 0;
  const value = isDelete ? undefined : { apiVersion: 'v1', kind: 'ConfigMap', data: { at: String(space.revision) } };
  applyTxn(space, { type: 'etcd-txn', id: 0, key, expectedRevision, value });
}

/** The key is written at the revisions of the table; what lies between are writes of another. */
function written(): KeySpace {
  const space = initialKeySpace([]);
  for (const [revision, how] of upstream.writes as unknown as readonly (readonly [number, string])[]) {
    while (space.revision < revision - 1) write(space, 'other', false);
    write(space, KEY, how === 'delete');
  }
  compact(space, upstream.compacted);
  return space;
}

describe('the past of a key', () => {
  upstreamEach(source, 'TestKeyIndexGet')(upstream.get)('at $revision', ({ revision, found }) => {
    const [entry] = rangeAt(written(), KEY, undefined, revision) ?? [];
    const { modRevision, createRevision, version } = entry ?? {};
    expect(entry && { modRevision, createRevision, version }).toEqual(found);
  });
  upstreamEach(source, 'TestKeyIndexSince')(upstream.since)('from $revision', ({ revision, revisions }) => {
    expect(changesSince(written(), revision, KEY)?.map(({ modRevision }) => modRevision)).toEqual(revisions);
  });
  upstreamLeftOut(source, upstream.leftOut);

  it('is the same in a copy, which goes its own way', () => {
    const space = written();
    const copy = copyKeySpace(space);
    write(copy, KEY, false);
    expect(rangeAt(space, KEY, undefined)).toEqual([]);
    expect(rangeAt(copy, KEY, undefined)).toHaveLength(1);
    expect(rangeAt(copy, 'a', 'z', 9)).toEqual(rangeAt(space, 'a', 'z', 9));
  });
});
