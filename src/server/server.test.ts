import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { wantedForm } from './accept.ts';
import { certificateForLoopback } from './authority.ts';
import { requestInfo } from '../simulator/client/request-info.ts';
import { unaggregatedPage } from './unaggregated.ts';

const NOW_MS = Date.UTC(2026, 5, 1);

describe('the certificate of a run', () => {
  it('is signed by the authority and names the loopback', () => {
    const made = certificateForLoopback(NOW_MS);
    const [authority, leaf] = [new X509Certificate(made.authority), new X509Certificate(made.certificate)];
    expect(authority.ca).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.checkIssued(authority)).toBe(true);
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf.checkHost('localhost')).toBe('localhost');
    expect(leaf.checkIP('10.0.0.1')).toBeUndefined();
  });
});

describe('what a request is for', () => {
  it.each([
    ['GET', '/api/v1/pods', { verb: 'list', resource: { group: '', version: 'v1', plural: 'pods' } }],
    ['GET', '/api/v1/namespaces/a/pods?watch=true', { verb: 'watch', namespace: 'a' }],
    ['GET', '/api/v1/namespaces/a', { verb: 'get', name: 'a', resource: { plural: 'namespaces' } }],
    ['PUT', '/api/v1/namespaces/a/finalize', { verb: 'update', name: 'a', subresource: 'finalize' }],
    ['DELETE', '/apis/apps/v1/namespaces/a/deployments', { verb: 'deletecollection', namespace: 'a' }],
    ['PATCH', '/apis/apps/v1/namespaces/a/deployments/web/scale', { verb: 'patch', name: 'web', subresource: 'scale' }],
    ['GET', '/apis/apps/v1', { type: 'path', path: '/apis/apps/v1' }],
    ['GET', '/version?timeout=32s', { type: 'path', path: '/version' }],
  ])('%s %s', (method, url, expected) => {
    expect(requestInfo(method, new URL(url, 'https://localhost'))).toMatchObject(expected);
  });
});

describe('the form that a client accepts', () => {
  it.each([
    [undefined, 'json'],
    ['application/json;as=Table;v=v1;g=meta.k8s.io,application/json', 'table'],
    ['application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json', 'aggregated'],
    ['application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json', 'json'],
    ['application/vnd.kubernetes.protobuf', undefined],
  ])('%s', (accept, expected) => expect(wantedForm(accept)).toBe(expected));
});

describe('discovery page by page', () => {
  const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
  const all = {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    items: [
      {
        metadata: { name: 'apps' },
        versions: [
          {
            version: 'v1',
            resources: [
              {
                resource: 'deployments',
                responseKind: { group: 'apps', version: 'v1', kind: 'Deployment' },
                scope: 'Namespaced',
                singularResource: 'deployment',
                verbs: ['get'],
                subresources: [{ subresource: 'scale', responseKind: scale, verbs: ['get'] }],
              },
            ],
          },
        ],
      },
    ],
  };

  it('names groups, and each resource with its parts', () => {
    expect(unaggregatedPage('/apis', all)).toMatchObject({ kind: 'APIGroupList', groups: [{ name: 'apps' }] });
    expect(unaggregatedPage('/apis/apps/v1', all)?.['resources']).toEqual([
      { name: 'deployments', singularName: 'deployment', namespaced: true, kind: 'Deployment', verbs: ['get'] },
      {
        name: 'deployments/scale',
        singularName: '',
        namespaced: true,
        group: 'autoscaling',
        version: 'v1',
        kind: 'Scale',
        verbs: ['get'],
      },
    ]);
    expect(unaggregatedPage('/apis/none/v1', all)).toBeUndefined();
  });
});
