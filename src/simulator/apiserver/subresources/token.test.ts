import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { numberAt, stringAt, valueAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { ApiResponse } from '../../messages.ts';
import { preloadKinds } from '../../testing/built-in-kinds.ts';
import { AskedServer } from '../testing/asked-server.ts';

beforeAll(preloadKinds);

const file = 'pkg/registry/core/serviceaccount/storage/token_test.go';
const source = { area: 'kube-apiserver', file, release: '1.36.2' } as const;

let server: AskedServer;
beforeAll(() => {
  server = new AskedServer('alone');
});

const core = (plural: string) => ({ resource: { group: '', version: 'v1', plural }, namespace: 'default' }) as const;

function request(spec: JsonObject, metadata: JsonObject = {}, name = 'default'): ApiResponse {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata, spec };
  return server.ask({ ...core('serviceaccounts'), verb: 'create', name, subresource: 'token', body });
}

const words = ({ body }: ApiResponse) => stringAt(body, 'message');
const account = () => server.ask({ ...core('serviceaccounts'), verb: 'get', name: 'default' }).body;

describe('a token request', () => {
  upstreamEach(
    source,
    'TestTokenRequest_ServiceAccountUIDValidation',
  )([
    ['feature gate enabled - matching UID', 'own'],
    ['feature gate enabled - mismatched UID', 'wrong-sa-uid-456'],
    ['empty request UID', ''],
  ] as const)('%s', (_, uid) => {
    const own = stringAt(account(), 'metadata', 'uid') ?? '';
    const answer = request({ expirationSeconds: 3600 }, uid === '' ? {} : { uid: uid === 'own' ? own : uid });
    if (uid === 'wrong-sa-uid-456')
      expect(words(answer)).toBe(
        `Operation cannot be fulfilled on TokenRequest.authentication.k8s.io "default": the UID in the token request (${uid}) does not match the UID of the service account (${own})`,
      );
    else expect(stringAt(answer.body, 'metadata', 'uid')).toBe(own);
  });

  upstreamLeftOut(source, {
    TestCreate_Token_WithExpiryCap: { count: 6, reason: 'what is inside a token: here it is letters that say nothing' },
    'TestTokenRequest_ServiceAccountUIDValidation/feature gate disabled - mismatched UID': 'the gate is on in 1.36',
  });

  it('lasts an hour where nobody says for how long, for the audience of the server', () => {
    const { body } = request({});
    expect(numberAt(body, 'spec', 'expirationSeconds')).toBe(3600);
    expect(valueAt(body, 'spec', 'audiences')).toEqual(['https://kubernetes.default.svc.cluster.local']);
  });

  it.each([
    [
      { expirationSeconds: 5 },
      {},
      'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes',
    ],
    [
      {},
      { name: 'other' },
      'TokenRequest.authentication.k8s.io "default" is invalid: metadata.name: Invalid value: "other": must match the service account name if specified',
    ],
    [{ boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'nobody' } }, {}, 'pods "nobody" not found'],
    [
      { boundObjectRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
      {},
      'cannot bind token to object of type apps/v1, Kind=Deployment',
    ],
    [
      { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'own', uid: 'x' } },
      {},
      'Operation cannot be fulfilled on Pod "own": the UID in the bound object reference (x) does not match the UID in record. The object might have been deleted and then recreated',
    ],
    [
      { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'others' } },
      {},
      'cannot bind token for serviceaccount "default" to pod running with different serviceaccount name.',
    ],
  ])('of %j is refused', (spec, metadata, error) => {
    const other = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'other' } };
    server.ask({ ...core('serviceaccounts'), verb: 'create', body: other });
    for (const [name, serviceAccountName] of [
      ['own', 'default'],
      ['others', 'other'],
    ] as const) {
      const pod = { serviceAccountName, containers: [{ name: 'c', image: 'nginx' }] };
      const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: pod };
      server.ask({ ...core('pods'), verb: 'create', body });
    }
    expect(words(request(spec, metadata))).toBe(error);
  });
});
