import { expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, booleanAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import { runUpstreamTests } from '../controllers/testing/upstream-tests.ts';
import type { ElectionRecord, Observed } from './try-acquire.ts';
import { tryAcquireOrRenew } from './try-acquire.ts';

const NOW_MS = 1_000_000;
const FAR_MS = 3_600_000_000;
const CANDIDATE = { identity: 'baz', namespace: 'foo', name: 'bar', leaseSeconds: 10 };

runUpstreamTests(new URL('./testdata/leaderelection.json', import.meta.url), {
  TestTryAcquireOrRenewLeases(one) {
    const answers = arrayAt(one, 'answers');
    const asked: string[] = [];
    let nowMs = NOW_MS;
    const api = {
      nowMs: () => nowMs,
      call(call: ApiCall): ApiResult {
        const answer = answers[asked.push(call.verb) - 1];
        if (objectAt(answer, 'record') !== undefined)
          return { ok: true, code: 200, object: leaseOf(recordOf(objectAt(answer, 'record'))), warnings: [] };
        if (booleanAt(answer, 'notFound') === true)
          return { ok: false, code: 404, reason: 'NotFound', message: 'leases.coordination.k8s.io "bar" not found' };
        return { ok: true, code: 200, object: call.body as KubernetesObject, warnings: [] };
      },
    };
    const record = recordOf(objectAt(one, 'observedRecord'));
    const atMs = { past: -FAR_MS, future: FAR_MS }[stringAt(one, 'observed') ?? ''] ?? -FAR_MS;
    let outcome = tryAcquireOrRenew(api, CANDIDATE, {
      record,
      atMs,
      read: record,
      lease: undefined,
    } satisfies Observed);
    const retryMs = (numberAt(one, 'retryAfterSeconds') ?? 0) * 1000;
    if (retryMs > 0) {
      expect(outcome.succeeded).toBe(false);
      nowMs += retryMs + 1;
      outcome = tryAcquireOrRenew(api, CANDIDATE, outcome.observed);
    }
    expect(outcome.succeeded).toBe(booleanAt(one, 'expectSuccess') ?? false);
    expect(outcome.observed.record.holder).toBe(stringAt(one, 'outHolder'));
    expect(outcome.observed.record.transitions).toBe(booleanAt(one, 'transitionLeader') === true ? 1 : 0);
    expect(asked).toEqual(answers.map((answer) => stringAt(answer, 'verb')));
  },
});

function recordOf(record: JsonObject | undefined): ElectionRecord {
  return {
    holder: stringAt(record, 'holder') ?? '',
    leaseSeconds: numberAt(record, 'leaseSeconds') ?? 0,
    transitions: 0,
    acquireTime: undefined,
    renewTime: undefined,
  };
}

function leaseOf({ holder, leaseSeconds }: ElectionRecord): KubernetesObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'bar', namespace: 'foo' },
    spec: { holderIdentity: holder, leaseDurationSeconds: leaseSeconds, leaseTransitions: 0 },
  };
}
