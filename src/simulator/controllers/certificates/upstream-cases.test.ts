import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import { RUN_BEGINS_MS, timeOf } from '../../kernel/clock.ts';
import { runSync } from '../testing/run-sync.ts';
import { FakeCluster } from '../testing/fake-cluster.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { approve, isNodeClient, isSelfNodeClient } from './approver.ts';
import { parseCertificateRequest } from './certificate-request.ts';
import { readDer, textOfBytes } from './der.ts';
import type { Element } from './der.ts';
import { csrCleaner } from './csr-cleaner.ts';
import { durationMs, signedCertificate } from './sign.ts';
import { csrSigner } from './signer.ts';
import { requestPem } from './testing/request-pem.ts';

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

function requestOf(one: UpstreamCase): KubernetesObject {
  const texts = (field: string) => arrayAt(one, field).map(String);
  const wanted = {
    commonName: stringAt(one, 'commonName') ?? '',
    organizations: texts('organizations'),
    dnsNames: texts('dnsNames'),
  };
  const conditions = [
    ...(one['approved'] === true ? [{ type: 'Approved', status: 'True' }] : []),
    ...(one['failed'] === true ? [{ type: 'Failed', status: 'True' }] : []),
  ];
  return {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name: 'csr', uid: 'u' },
    spec: {
      username: stringAt(one, 'requestor') ?? '',
      signerName: stringAt(one, 'signerName') ?? '',
      usages: texts('usages'),
      request: requestPem(wanted),
    },
    status: { conditions },
  };
}

runUpstreamTests(new URL('./testdata/approver.json', import.meta.url), {
  TestHandle(one) {
    const allowed = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', metadata: {} };
    const object = requestOf({ name: 'test-cert', commonName: 'test-cert' });
    const cluster = new FakeCluster([object], {
      react: ({ resource }) =>
        resource.plural === 'subjectaccessreviews'
          ? { ok: true, code: 201, warnings: [], object: { ...allowed, status: { allowed: one['allowed'] === true } } }
          : undefined,
    });
    const recognizer = { recognize: () => one['recognized'] === true, subresource: 'baz', message: 'tester' };
    approve(cluster.context(), object, [recognizer]);
    expect(cluster.calls).toHaveLength(numberAt(one, 'calls') ?? -1);
    if (cluster.calls.length < 2) return;
    const { verb, resource, subresource, body } = cluster.calls[1]!;
    expect({ verb, plural: resource.plural, subresource }).toEqual({
      verb: 'update',
      plural: 'certificatesigningrequests',
      subresource: 'approval',
    });
    expect(arrayAt(body, 'status', 'conditions')).toMatchObject([{ type: 'Approved', reason: 'AutoApproved' }]);
  },
  TestRecognizers(one) {
    const object = requestOf(one);
    const request = parseCertificateRequest(stringAt(object, 'spec', 'request') ?? '')!;
    const recognize = one['recognizer'] === 'isNodeClientCert' ? isNodeClient : isSelfNodeClient;
    expect(recognize(object, request)).toBe(one['want']);
  },
});

runUpstreamTests(new URL('./testdata/signer.json', import.meta.url), {
  TestHandle(one) {
    const { calls } = runSync(csrSigner, { objects: [requestOf(one)], key: 'csr' });
    if (one['want'] === 'nothing') return expect(calls).toEqual([]);
    expect(calls).toHaveLength(1);
    const { verb, subresource, body } = calls[0]!;
    expect({ verb, subresource }).toEqual({ verb: 'update', subresource: 'status' });
    const certificate = stringAt(body, 'status', 'certificate');
    const types = arrayAt(body, 'status', 'conditions').map((condition) => stringAt(condition, 'type'));
    if (one['want'] === 'failed') expect([certificate, types.includes('Failed')]).toEqual([undefined, true]);
    else expect(atob(certificate!)).toMatch(/^-----BEGIN CERTIFICATE-----/);
  },
  TestSigner(one) {
    const request = parseCertificateRequest(stringAt(one, 'request') ?? '')!;
    expect(request).toMatchObject({ commonName: one['commonName'], organizations: one['organizations'] });
    const seconds = (field: string): number => (numberAt(one, field) ?? 0) * 1000;
    const limits = { expirationSeconds: numberAt(one, 'expirationSeconds'), ttlMs: seconds('ttlSeconds') };
    expect(durationMs(limits)).toBe(seconds('ttlSeconds'));
    const pem = signedCertificate(request, {
      ...limits,
      usages: arrayAt(one, 'usages').map(String),
      serial: Array.from({ length: 16 }, (_, index) => index),
      epochMs: RUN_BEGINS_MS,
    });
    const inner = atob(pem.replaceAll(/-----[^-]*-----|\n/g, ''));
    const parts = (element: Element | undefined): readonly Element[] =>
      readDer(element?.body ?? new Uint8Array()) ?? [];
    const [whole] = readDer(Uint8Array.from(inner, (letter) => letter.charCodeAt(0)))!;
    const [, , , , validity, subject, key, extensions] = parts(parts(whole)[0]);
    expect(parts(validity).map(({ body }) => textOfBytes(body))).toEqual(['251231235500Z', '260101010000Z']);
    expect(subject?.raw).toEqual(request.subject);
    expect(key?.raw).toEqual(request.publicKey);
    const held = new Map(
      parts(parts(extensions)[0]).map((one) => [parts(one)[0]!.body.join('.'), parts(one).at(-1)!.body]),
    );
    // keyUsage: digitalSignature and keyEncipherment; extKeyUsage: serverAuth, clientAuth; basicConstraints: no CA.
    expect([...held.get('85.29.15')!]).toEqual([3, 2, 5, 0xa0]);
    expect(parts(readDer(held.get('85.29.37')!)![0]).map(({ body }) => body.at(-1))).toEqual([1, 2]);
    expect([...held.get('85.29.19')!]).toEqual([0x30, 0]);
  },
});
