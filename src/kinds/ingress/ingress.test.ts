import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { describe, expect, it, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { connected, applyEdits } from '../shared/testing/apply-edits.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { ingress } from './ingress.ts';

const V1 = 'networking.k8s.io/v1';

function ingressWith(spec: object, annotations?: Record<string, string>, apiVersion = V1): KubernetesObject {
  return {
    apiVersion,
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'shop', ...(annotations && { annotations }) },
    spec: spec as never,
  };
}
const toService = (name: string, port: object) => ({
  path: `/${name}`,
  pathType: 'Prefix',
  backend: { service: { name, port } },
});

const everything = ingressWith(
  {
    ingressClassName: 'nginx',
    defaultBackend: { service: { name: 'fallback', port: { number: 80 } } },
    tls: [{ hosts: ['a.example.com'], secretName: 'a-tls' }, { hosts: ['b.example.com'] }],
    rules: [
      {
        host: 'a.example.com',
        http: { paths: [toService('api', { name: 'http' }), toService('web', { number: 8080 })] },
      },
      {
        http: {
          paths: [
            {
              path: '/',
              pathType: 'Prefix',
              backend: { resource: { apiGroup: 'k8s.example.com', kind: 'StorageBucket', name: 'static' } },
            },
          ],
        },
      },
      { host: 'c.example.com' },
    ],
  },
  {
    'nginx.ingress.kubernetes.io/auth-secret': 'basic',
    'nginx.ingress.kubernetes.io/auth-tls-secret': 'ops/client-ca',
    'nginx.ingress.kubernetes.io/default-backend': 'errors',
    'nginx.ingress.kubernetes.io/custom-headers': 'ops/headers',
    'nginx.ingress.kubernetes.io/auth-url': 'http://oauth2.auth.svc.cluster.local:4180/oauth2/auth',
    'cert-manager.io/cluster-issuer': 'letsencrypt',
  },
);

const old = ingressWith(
  {
    backend: { serviceName: 'fallback', servicePort: 80 },
    rules: [{ http: { paths: [{ backend: { serviceName: 'web', servicePort: 'http' } }] } }],
  },
  { 'kubernetes.io/ingress.class': 'nginx' },
  'extensions/v1beta1',
);

test('a new Ingress has a rule, which the API server requires, and points nowhere', () => {
  const fresh = ingress.newObject('web');
  expect(fresh).toEqual({
    apiVersion: V1,
    kind: 'Ingress',
    metadata: { name: 'web' },
    spec: { rules: [{ host: 'example.com' }] },
  });
  expect(ingress.references(fresh)).toEqual([]);
});

describe('references', () => {
  it('rules 32 to 35 and the well-known annotations', () => {
    expect(referenceLines(ingress.references(everything))).toEqual([
      'defaultBackend spec.defaultBackend.service.name -> Service/shop/fallback :80',
      'backend spec.rules[0].http.paths[0].backend.service.name -> Service/shop/api :http',
      'backend spec.rules[0].http.paths[1].backend.service.name -> Service/shop/web :8080',
      'backend spec.rules[1].http.paths[0].backend.resource.name -> StorageBucket.k8s.example.com/shop/static',
      'tls spec.tls[0].secretName -> Secret/shop/a-tls',
      'class spec.ingressClassName -> IngressClass.networking.k8s.io//nginx',
      'secretReference metadata.annotations[nginx.ingress.kubernetes.io/auth-secret] -> Secret/shop/basic',
      'secretReference metadata.annotations[nginx.ingress.kubernetes.io/auth-tls-secret] -> Secret/ops/client-ca namespace at metadata.annotations[nginx.ingress.kubernetes.io/auth-tls-secret] as {namespace}/{name}',
      'parameters metadata.annotations[nginx.ingress.kubernetes.io/custom-headers] -> ConfigMap/ops/headers namespace at metadata.annotations[nginx.ingress.kubernetes.io/custom-headers] as {namespace}/{name}',
      'defaultBackend metadata.annotations[nginx.ingress.kubernetes.io/default-backend] -> Service/shop/errors',
      'custom metadata.annotations[cert-manager.io/cluster-issuer] -> ClusterIssuer.cert-manager.io//letsencrypt',
      'extension metadata.annotations[nginx.ingress.kubernetes.io/auth-url] -> Service/auth/oauth2 :4180 as http://{name}.{namespace}.svc.cluster.local:4180/oauth2/auth',
    ]);
  });
  it('the shapes and the class annotation of v1beta1', () => {
    expect(referenceLines(ingress.references(old))).toEqual([
      'defaultBackend spec.backend.serviceName -> Service/shop/fallback :80',
      'backend spec.rules[0].http.paths[0].backend.serviceName -> Service/shop/web :http',
      'class metadata.annotations[kubernetes.io/ingress.class] -> IngressClass.networking.k8s.io//nginx optional',
    ]);
  });
  it('hosts outside the cluster and templated URLs are no Service', () => {
    for (const url of ['https://auth.example.com/oauth2', 'https://$host/oauth2/auth', 'nonsense']) {
      expect(ingress.references(ingressWith({}, { 'nginx.ingress.kubernetes.io/auth-url': url }))).toEqual([]);
    }
  });
});

test('cert-manager writes the Secrets of an annotated Ingress', () => {
  expect(ingress.makes?.(everything)).toEqual([{ group: '', kind: 'Secret', namespace: 'shop', name: 'a-tls' }]);
  expect(ingress.makes?.(ingressWith({ tls: [{ secretName: 'a' }] }))).toEqual([]);
});

describe('arrows', () => {
  const serviceOf = (name: string, ports: object[], namespace = 'shop'): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { ports: ports as never },
  });
  const connect = (id: string, source: KubernetesObject, target: KubernetesObject) =>
    connected(source, ingress.connections!.find((one) => one.id === id)!.connect(source, target));
  const fresh = ingress.newObject('web', 'shop');
  const named = serviceOf('api', [{ name: 'http', port: 80 }]);

  it('route: the first path is the root, the next the name of the Service, and never one that is taken', () => {
    const first = connect('route', fresh, named) as KubernetesObject;
    const second = connect('route', first, serviceOf('web', [{ port: 8080 }])) as KubernetesObject;
    expect(second).toHaveProperty('spec.rules', [
      {
        host: 'example.com',
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: { service: { name: 'api', port: { name: 'http' } } } },
            { path: '/web', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 8080 } } } },
          ],
        },
      },
    ]);
    const taken = ingressWith({ rules: [{ http: { paths: [{ path: '/' }, { path: '/api' }] } }] });
    expect(connect('route', taken, named)).toHaveProperty('spec.rules[0].http.paths[2].path', '/api-2');
  });
  it('route: an Ingress without rules gets one', () => {
    expect(connect('route', ingressWith({}), named)).toHaveProperty(
      'spec.rules[0].http.paths[0].backend.service.name',
      'api',
    );
  });
  it('route: v1beta1 keeps its shape', () => {
    expect(connect('route', old, named)).toHaveProperty('spec.rules[0].http.paths[1].backend', {
      serviceName: 'api',
      servicePort: 'http',
    });
    const empty = ingressWith({ rules: [{}] }, undefined, 'networking.k8s.io/v1beta1');
    expect(connect('defaultBackend', empty, named)).toHaveProperty('spec.backend', {
      serviceName: 'api',
      servicePort: 'http',
    });
  });
  it('defaultBackend', () => {
    expect(connect('defaultBackend', fresh, named)).toHaveProperty('spec.defaultBackend', {
      service: { name: 'api', port: { name: 'http' } },
    });
  });
  it('tls covers the hosts that have no certificate yet', () => {
    const secret: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'cert', namespace: 'shop' },
    };
    expect(connect('tls', fresh, secret)).toHaveProperty('spec.tls', [{ hosts: ['example.com'], secretName: 'cert' }]);
    expect(connect('tls', everything, secret)).toHaveProperty('spec.tls[2]', {
      hosts: ['c.example.com'],
      secretName: 'cert',
    });
  });
  it('class replaces the annotation, which the API server refuses beside the field', () => {
    const nginx: KubernetesObject = { apiVersion: V1, kind: 'IngressClass', metadata: { name: 'traefik' } };
    const after = connect('class', old, nginx);
    expect(after).toHaveProperty('spec.ingressClassName', 'traefik');
    expect(after).toHaveProperty('metadata.annotations', {});
  });
  it('is refused with its reason', () => {
    expect(connect('route', everything, serviceOf('api', [{ port: 80 }]))).toBe('refused: connect.already');
    expect(connect('route', fresh, serviceOf('api', [{ port: 80 }], 'other'))).toBe('refused: connect.otherNamespace');
    expect(connect('route', fresh, serviceOf('api', []))).toBe('refused: connect.noPort');
    expect(connect('class', everything, { apiVersion: V1, kind: 'IngressClass', metadata: { name: 'nginx' } })).toBe(
      'refused: connect.already',
    );
  });
});

describe('taking references away', () => {
  const away = (object: KubernetesObject, index = 0) =>
    applyEdits(object, ingress.disconnect!(object, ingress.references(object)[index]!));
  it('leaves the others', () => {
    expectDisconnects(ingress, everything);
    expectDisconnects(ingress, old);
  });
  it('the last path leaves a bare host, because an Ingress needs a rule', () => {
    const single = ingressWith({ rules: [{ host: 'a', http: { paths: [toService('api', { number: 80 })] } }] });
    expect(away(single)).toHaveProperty('spec', { rules: [{ host: 'a' }] });
  });
  it('the last path of one rule among several takes the rule along', () => {
    const two = ingressWith({
      rules: [{ host: 'a', http: { paths: [toService('api', { number: 80 })] } }, { host: 'b' }],
    });
    expect(away(two)).toHaveProperty('spec', { rules: [{ host: 'b' }] });
  });
  it('a default backend that is all there is stays', () => {
    expect(away(ingressWith({ defaultBackend: { service: { name: 'a', port: { number: 80 } } } }))).toBe(
      'refused: disconnect.required',
    );
  });
});

test('summary', () => {
  expect(ingress.summary?.(everything)).toEqual({ fact: 'nginx', detail: 'a.example.com, *, c.example.com' });
  expect(ingress.summary?.(ingressWith({}))).toEqual({ detail: '*' });
});

test('nothing in an Ingress makes it throw', () => expectTotal(ingress, [everything, old]));

test('the schema accepts a new one', () => expectAccepted(Ingress, ingress.newObject('web')));
