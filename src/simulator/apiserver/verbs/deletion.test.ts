import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import { upstreamEach } from '../../../base/testing/upstream-table.ts';
import type { RequestOptions } from '../../messages.ts';
import { timeOf } from '../../kernel/clock.ts';
import { beforeDelete, deletionOf, markAsDeleting } from './deletion.ts';
import type { CollectionPolicy } from './deletion.ts';
import upstream from './testdata/deletion.json';

const NOW_MS = 600_000;
const { release } = upstream;
const store = { area: 'kube-apiserver', file: upstream.store.source, release } as const;
const rest = { area: 'kube-apiserver', file: upstream.before.source, release } as const;

function podWith(metadata: KubernetesObject[string] & object): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', ...metadata }, spec: { nodeName: 'machine' } };
}

describe('deletion in time', () => {
  upstreamEach(rest, 'TestBeforeDelete')(upstream.before.cases)(
    '$name',
    ({ graceSeconds, deletionOffsetSeconds, asked, want }) => {
      const pod = podWith({
        deletionTimestamp: timeOf(NOW_MS + deletionOffsetSeconds * 1000),
        deletionGracePeriodSeconds: graceSeconds,
      });
      const { type, object } = beforeDelete(pod, asked, () => 0, NOW_MS);
      expect({ graceful: type === 'graceful', pending: type === 'pending' }).toEqual({
        graceful: want.graceful,
        pending: want.pending,
      });
      expect(numberAt(object, 'metadata', 'deletionGracePeriodSeconds')).toBe(want.graceSeconds);
      if (want.isNow) expect(stringAt(object, 'metadata', 'deletionTimestamp')).toBe(timeOf(NOW_MS));
    },
  );
});

describe('deletion with finalizers', () => {
  interface Case {
    readonly name: string;
    readonly finalizers: readonly string[];
    readonly policy: CollectionPolicy;
    readonly propagationPolicy?: NonNullable<RequestOptions['propagationPolicy']>;
    readonly gone: boolean;
    readonly want: readonly string[];
  }
  const run = ({ finalizers, policy, propagationPolicy, gone, want }: Case): void => {
    const pod = podWith({ generation: 1, ...(finalizers.length === 0 ? {} : { finalizers }) });
    const options = propagationPolicy === undefined ? {} : { propagationPolicy };
    const deletion = deletionOf(pod, options, policy, undefined, NOW_MS);
    if (gone) return expect(deletion.type).toBe('gone');
    const object = deletion.type === 'marked' ? deletion.object : undefined;
    expect(arrayAt(object, 'metadata', 'finalizers')).toEqual(want);
    expect(object?.['metadata']).toMatchObject({
      deletionTimestamp: timeOf(NOW_MS),
      deletionGracePeriodSeconds: 0,
      generation: 2,
    });
  };
  const { TestStoreDeleteWithOrphanDependents: orphans, TestStoreDeletionPropagation: propagation } = upstream.store;

  upstreamEach(store, 'TestStoreDeleteWithOrphanDependents')(orphans as readonly Case[])('$name', run);
  upstreamEach(store, 'TestStoreDeletionPropagation')(propagation as readonly Case[])('$name', run);
  upstreamEach(store, 'TestMarkAsDeleting')(upstream.store.marking)('$name', ({ offset, want }) => {
    const pod = podWith(offset === null ? {} : { deletionTimestamp: timeOf(NOW_MS + offset * 1000) });
    const marked = markAsDeleting(pod, NOW_MS);
    expect(stringAt(marked, 'metadata', 'deletionTimestamp')).toBe(timeOf(NOW_MS + want * 1000));
  });
});
