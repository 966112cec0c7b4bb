import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { nameAt, objectAt, stringAt } from '../../base/json.ts';
import type { LeftOut } from '../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import type { Context } from '../component.ts';
import { NUMBERS_1_36 } from '../release/1.36.ts';
import { assumePod, emptyCache } from './cache.ts';
import { podChanged } from './cluster-changes.ts';
import { emptyNominator } from './nominator.ts';
import { podInfoOf } from './pod-info.ts';
import { DEFAULT_PROFILE_NAME } from './profile.ts';
import { emptyQueue, queuedPod } from './queue/scheduling-queue.ts';
import type { SchedulerState } from './scheduler-state.ts';
import tables from './testdata/event-handler-cases.json' with { type: 'json' };

type Case = JsonObject;

function podAt(one: Case, field: string): KubernetesObject | undefined {
  const pod = objectAt(one, field);
  return pod === undefined ? undefined : { ...pod, apiVersion: 'v1', kind: 'Pod' };
}

const context = { nowMs: 0, numbers: NUMBERS_1_36, cause: 0 } as Context;

describe.each(tables)('$source', (table) => {
  const source = { area: 'scheduler', file: table.source, release: table.release } as const;
  const cases = (table.cases as unknown as readonly Case[]).map((one) => [stringAt(one, 'name')!, one] as const);
  upstreamEach(source)(cases)('%s', (_name, one) => {
    const state = {
      profile: DEFAULT_PROFILE_NAME,
      cache: emptyCache(),
      queue: emptyQueue(),
      nominator: emptyNominator(),
      flows: new Map(),
      assumed: new Map(),
      informers: [],
    } as unknown as SchedulerState;
    const [before, assumed, after, gone] = ['before', 'assumed', 'after', 'gone'].map((field) => podAt(one, field));
    const told = (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubernetesObject, old?: KubernetesObject): void =>
      podChanged(
        state,
        { type, key: podInfoOf(object).key, object, revision: 1, ...(old === undefined ? {} : { old }) },
        context,
      );
    if (assumed !== undefined) assumePod(state.cache, podInfoOf(assumed), nameAt(assumed, 'spec', 'nodeName')!);
    else if (before !== undefined) told('ADDED', before);
    if (after !== undefined) told(before === undefined ? 'ADDED' : 'MODIFIED', after, before);
    if (gone !== undefined) told('DELETED', gone, gone);
    const { key, uid } = podInfoOf((after ?? gone)!);
    const [queued, cached] = [queuedPod(state.queue, key), state.cache.pods.get(uid)];
    const all: JsonObject = {
      isQueued: queued !== undefined,
      isCached: cached !== undefined,
      version: nameAt((queued ?? cached)?.pod.pod, 'metadata', 'resourceVersion') ?? null,
      node: cached?.node ?? null,
    };
    expect(Object.fromEntries(Object.keys(objectAt(one, 'want')!).map((field) => [field, all[field]]))).toEqual(
      one['want'],
    );
  });
  upstreamLeftOut(source, table.leftOut as unknown as LeftOut);
});
