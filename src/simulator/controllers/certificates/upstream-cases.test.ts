import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import { runSync } from '../testing/run-sync.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { csrCleaner } from './csr-cleaner.ts';

/** Two days into the run. */
const NOW_MS = 48 * 3_600_000;

runUpstreamTests(new URL('./testdata/cleaner.json', import.meta.url), {
  TestCleanerWithApprovedExpiredCSR(one) {
    const ago = (value: unknown, field: string): string => timeOf(NOW_MS - (numberAt(value, field) ?? 0));
    const conditions = arrayAt(one, 'conditions').map((condition) => ({
      type: stringAt(condition, 'type') ?? '',
      status: 'True',
      lastUpdateTime: ago(condition, 'agoMs'),
    }));
    const request: KubernetesObject = {
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: { name: 'fake-csr', creationTimestamp: ago(one, 'createdAgoMs') },
      status: { conditions, certificate: stringAt(one, 'certificate') ?? '' },
    };
    const { calls } = runSync(csrCleaner, { objects: [request], key: '*requests*', nowMs: NOW_MS });
    expect(calls.map(({ verb }) => verb)).toEqual(arrayAt(one, 'expectedActions'));
  },
});
