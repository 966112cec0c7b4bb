import { CertificateSigningRequest } from 'kubernetes-models/certificates.k8s.io/v1/CertificateSigningRequest';
import { beforeAll, describe, expect, test } from 'vitest';
import { preloadSchemas } from '../../openapi/built-in-schemas.ts';
import { customResourcesOf } from '../custom-resources.ts';
import { BUILT_IN_KINDS } from '../index.ts';
import { judge } from '../judge.ts';
import { judgeUpdate } from '../judge-update.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { preloadStrategies } from '../strategies.ts';
import { certificateSigningRequest } from './certificatesigningrequest.ts';

const context = { registry: BUILT_IN_KINDS, customResources: customResourcesOf([]) };
const request = certificateSigningRequest.newObject('jane');
const withSpec = (changes: object) => ({ ...request, spec: { ...(request['spec'] as object), ...changes } });

beforeAll(() => Promise.all([preloadSchemas(['certificates.k8s.io']), preloadStrategies()]));

test('the schema accepts a new one', () => expectAccepted(CertificateSigningRequest, request));

test('nothing in one makes it throw', () => expectTotal(certificateSigningRequest, [request]));

describe('what a kube-apiserver 1.36.2 answers', () => {
  test.each<[string, object, string[]]>([
    ['a request', {}, []],
    ['who asks is not asked', { username: 'root', groups: ['system:masters'] }, []],
    ['no PEM', { request: 'YQ==' }, ['spec.request']],
    ['no usages', { usages: [] }, ['spec.usages']],
    ['an unknown usage, twice', { usages: ['web', 'web'] }, ['spec.usages[0]', 'spec.usages[1]', 'spec.usages[1]']],
    ['no signer', { signerName: '' }, ['spec.signerName']],
    ['a signer without a domain', { signerName: 'a/b' }, ['spec.signerName']],
    ['a signer of old', { signerName: 'kubernetes.io/legacy-unknown' }, ['spec.signerName']],
    ['nine minutes', { expirationSeconds: 540 }, ['spec.expirationSeconds']],
  ])('%s', (_, changes, fields) => {
    expect(judge(withSpec(changes), context).errors.map(({ field }) => field)).toEqual(fields);
  });

  test('who asks is written by the server', () => {
    const stored = judge(withSpec({ username: 'root' }), context).stored;
    expect(stored?.['spec']).not.toHaveProperty('username');
  });

  test('an update changes nothing but metadata', () => {
    const answer = judgeUpdate(withSpec({ usages: [] }), request, context);
    expect(answer).toMatchObject({ valid: true, stored: { spec: { usages: ['client auth'] } } });
  });
});
