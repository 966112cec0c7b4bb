import { Gateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import { describe, expect, it, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { applyEdits, connected } from '../shared/testing/apply-edits.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { gateway } from './gateway.ts';

const everything: KubernetesObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge', namespace: 'infra' },
  spec: {
    gatewayClassName: 'envoy',
    addresses: [{ type: 'IPAddress', value: '192.0.2.1' }, { type: 'Hostname', value: 'edge.example.com' }, {}],
    infrastructure: { parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'small' } },
    allowedListeners: { namespaces: { from: 'Selector', selector: { matchLabels: { team: 'a' } } } },
    tls: {
      frontend: {
        default: { validation: { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] } },
        perPort: [
          {
            port: 8443,
            tls: {
              validation: { caCertificateRefs: [{ group: '', kind: 'Secret', name: 'ca2', namespace: 'certs' }] },
            },
          },
        ],
      },
      backend: { clientCertificateRef: { name: 'client' } },
    },
    listeners: [
      { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } },
      {
        name: 'https',
        port: 443,
        protocol: 'HTTPS',
        tls: { certificateRefs: [{ name: 'a' }, { kind: 'Secret', group: '', name: 'b', namespace: 'certs' }] },
        allowedRoutes: {
          namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'shared', operator: 'Exists' }] } },
        },
      },
      { name: 'tls', port: 8443, protocol: 'TLS', tls: { mode: 'Terminate', options: { a: 'b' } } },
    ],
  },
};

test('rules 39, 43 and 44', () => {
  expect(referenceLines(gateway.references(everything))).toEqual([
    'class spec.gatewayClassName -> GatewayClass.gateway.networking.k8s.io//envoy',
    'tls spec.listeners[1].tls.certificateRefs[0].name -> Secret/infra/a',
    'tls spec.listeners[1].tls.certificateRefs[1].name -> Secret/certs/b namespace at spec.listeners[1].tls.certificateRefs[1].namespace',
    'grant spec.listeners[1].allowedRoutes.namespaces.selector -> Namespace shared in all',
    'tls spec.tls.frontend.default.validation.caCertificateRefs[0].name -> ConfigMap/infra/ca',
    'tls spec.tls.frontend.perPort[0].tls.validation.caCertificateRefs[0].name -> Secret/certs/ca2 namespace at spec.tls.frontend.perPort[0].tls.validation.caCertificateRefs[0].namespace',
    'tls spec.tls.backend.clientCertificateRef.name -> Secret/infra/client',
    'parameters spec.infrastructure.parametersRef.name -> EnvoyProxy.gateway.envoyproxy.io/infra/small',
    'grant spec.allowedListeners.namespaces.selector -> Namespace team=a in all',
    'address spec.addresses[0].value -> address 192.0.2.1',
    'address spec.addresses[1].value -> dnsName edge.example.com',
  ]);
});

test('listeners are what a route may name', () => expect(gateway.keys?.(everything)).toEqual(['http', 'https', 'tls']));

describe('arrows', () => {
  const secret = (name: string, namespace = 'infra'): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
  });
  const gatewayClass: KubernetesObject = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'cilium' },
  };
  const connect = (id: string, source: KubernetesObject, target: KubernetesObject) =>
    connected(source, gateway.connections!.find((one) => one.id === id)!.connect(source, target));
  const fresh = gateway.newObject('edge', 'infra');

  it('class', () => {
    expect(connect('class', fresh, gatewayClass)).toHaveProperty('spec.gatewayClassName', 'cilium');
    expect(connect('class', connect('class', fresh, gatewayClass) as KubernetesObject, gatewayClass)).toBe(
      'refused: connect.already',
    );
  });
  it('a certificate opens a listener on 443 where none ends TLS', () => {
    expect(connect('tls', fresh, secret('cert'))).toHaveProperty('spec.listeners[1]', {
      name: 'https',
      port: 443,
      protocol: 'HTTPS',
      tls: { certificateRefs: [{ name: 'cert' }] },
    });
  });
  it('a certificate goes to the listener that has none', () => {
    expect(connect('tls', everything, secret('cert'))).toHaveProperty('spec.listeners[2].tls.certificateRefs', [
      { name: 'cert' },
    ]);
  });
  it('a Secret elsewhere needs a ReferenceGrant', () => {
    expect(connect('tls', fresh, secret('cert', 'certs'))).toBe('refused: connect.otherNamespace');
    expect(connect('tls', everything, secret('a'))).toBe('refused: connect.already');
  });
});

describe('taking references away', () => {
  it('leaves the others', () => expectDisconnects(gateway, everything));
  it('refuses the class and the last certificate', () => {
    const single: KubernetesObject = {
      ...gateway.newObject('edge'),
      spec: {
        gatewayClassName: 'x',
        listeners: [{ name: 'a', port: 1, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'a' }] } }],
      },
    };
    const all = gateway.references(single).map((reference) => gateway.disconnect!(single, reference));
    expect(all).toEqual([{ refused: 'disconnect.required' }, { refused: 'disconnect.required' }]);
  });
  it('keeps what clients must show when the certificate for backends goes', () => {
    const client = gateway.references(everything).find(({ field }) => field.includes('clientCertificateRef'))!;
    const after = applyEdits(everything, gateway.disconnect!(everything, client));
    expect(after).toHaveProperty('spec.tls.frontend');
    expect(after).not.toHaveProperty('spec.tls.backend');
  });
});

test('summary', () =>
  expect(gateway.summary?.(everything)).toEqual({ fact: 'envoy', detail: '80/HTTP, 443/HTTPS, 8443/TLS' }));

test('nothing in a Gateway makes it throw', () => expectTotal(gateway, [everything]));

test('the schema accepts a new one', () => expectAccepted(Gateway, gateway.newObject('web')));
