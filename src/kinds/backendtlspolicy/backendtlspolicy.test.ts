import { BackendTLSPolicy } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/BackendTLSPolicy';
import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { connected } from '../shared/testing/apply-edits.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { backendTLSPolicy } from './backendtlspolicy.ts';

const everything: KubernetesObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'BackendTLSPolicy',
  metadata: { name: 'p', namespace: 'shop' },
  spec: {
    targetRefs: [
      { group: '', kind: 'Service', name: 'api', sectionName: 'https' },
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', sectionName: 'tls' },
    ],
    validation: { hostname: 'api.example.com', caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] },
  },
};

test('rule 45: targets with their section, authorities', () => {
  expect(referenceLines(backendTLSPolicy.references(everything))).toEqual([
    'policyTarget spec.targetRefs[0].name -> Service/shop/api :https',
    'policyTarget spec.targetRefs[1].name -> Gateway.gateway.networking.k8s.io/shop/edge key=tls',
    'tls spec.validation.caCertificateRefs[0].name -> ConfigMap/shop/ca',
  ]);
});

test('the shape of v1alpha2', () => {
  const old: KubernetesObject = {
    apiVersion: 'gateway.networking.k8s.io/v1alpha2',
    kind: 'BackendTLSPolicy',
    metadata: { name: 'p', namespace: 'shop' },
    spec: {
      targetRef: { group: '', kind: 'Service', name: 'api' },
      tls: { hostname: 'a', caCertRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] },
    },
  };
  expect(referenceLines(backendTLSPolicy.references(old))).toEqual([
    'policyTarget spec.targetRef.name -> Service/shop/api',
    'tls spec.tls.caCertRefs[0].name -> ConfigMap/shop/ca',
  ]);
});

test('an arrow to a Service replaces the target that stood for nothing', () => {
  const service = (name: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
  });
  const [apply] = backendTLSPolicy.connections!;
  const fresh = backendTLSPolicy.newObject('p', 'shop');
  const one = connected(fresh, apply!.connect(fresh, service('api'))) as KubernetesObject;
  expect(one).toHaveProperty('spec.targetRefs', [{ group: '', kind: 'Service', name: 'api' }]);
  expect(connected(one, apply!.connect(one, service('web')))).toHaveProperty('spec.targetRefs[1].name', 'web');
  expect(apply!.connect(one, service('api'))).toEqual({ refused: 'connect.already' });
});

test('taking references away leaves the others', () => expectDisconnects(backendTLSPolicy, everything));

test('nothing in a BackendTLSPolicy makes it throw', () => expectTotal(backendTLSPolicy, [everything]));

test('the schema accepts a new one', () => expectAccepted(BackendTLSPolicy, backendTLSPolicy.newObject('web')));
