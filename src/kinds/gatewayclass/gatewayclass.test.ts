import { GatewayClass } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GatewayClass';
import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { gatewayClass } from './gatewayclass.ts';

const everything: KubernetesObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GatewayClass',
  metadata: { name: 'envoy' },
  spec: {
    controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
    parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'default', namespace: 'infra' },
  },
};

test('rule 44: the controller, its Pods, and its parameters', () => {
  expect(referenceLines(gatewayClass.references(everything))).toEqual([
    'class spec.controllerName -> controller gateway.envoyproxy.io/gatewayclass-controller',
    'custom spec.controllerName -> pods control-plane=envoy-gateway in all',
    'parameters spec.parametersRef.name -> EnvoyProxy.gateway.envoyproxy.io/infra/default namespace at spec.parametersRef.namespace',
  ]);
});

test('the controller is required, the parameters are not', () => {
  expect(
    gatewayClass.references(everything).map((reference) => gatewayClass.disconnect!(everything, reference)),
  ).toEqual([
    { refused: 'disconnect.required' },
    { refused: 'disconnect.required' },
    [{ op: 'delete', path: ['spec', 'parametersRef'] }],
  ]);
});

test('nothing in a GatewayClass makes it throw', () => expectTotal(gatewayClass, [everything]));

test('the schema accepts a new one', () => expectAccepted(GatewayClass, gatewayClass.newObject('web')));
