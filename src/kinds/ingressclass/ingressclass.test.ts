import { IngressClass } from 'kubernetes-models/networking.k8s.io/v1/IngressClass';
import { describe, expect, it, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { ingressClass } from './ingressclass.ts';

function withSpec(spec: object): KubernetesObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'c' }, spec: spec as never };
}
const parameters = { apiGroup: 'example.com', kind: 'Config', name: 'p' };

describe('references', () => {
  const cases: readonly [string, KubernetesObject, readonly string[]][] = [
    [
      'rule 14: the Pods of a well-known controller',
      withSpec({ controller: 'k8s.io/ingress-nginx' }),
      [
        'class spec.controller -> controller k8s.io/ingress-nginx',
        'custom spec.controller -> pods app.kubernetes.io/component=controller,app.kubernetes.io/name=ingress-nginx in all',
      ],
    ],
    [
      'parameters of the cluster, by default',
      withSpec({ parameters }),
      ['parameters spec.parameters.name -> Config.example.com//p'],
    ],
    [
      'parameters of a namespace',
      withSpec({ parameters: { ...parameters, scope: 'Namespace', namespace: 'infra' } }),
      ['parameters spec.parameters.name -> Config.example.com/infra/p namespace at spec.parameters.namespace'],
    ],
    [
      'a namespace beside the scope Cluster counts for nothing',
      withSpec({ parameters: { ...parameters, scope: 'Cluster', namespace: 'x' } }),
      ['parameters spec.parameters.name -> Config.example.com//p'],
    ],
  ];
  it.each(cases)('%s', (_, object, lines) => expect(referenceLines(ingressClass.references(object))).toEqual(lines));
});

test('summary tells the default class', () => {
  const annotations = { 'ingressclass.kubernetes.io/is-default-class': 'true' };
  const marked: KubernetesObject = { ...ingressClass.newObject('c'), metadata: { name: 'c', annotations } };
  expect(ingressClass.summary?.(marked)).toEqual({ fact: 'example.com/ingress-controller', detail: 'default' });
});

test('nothing in an IngressClass makes it throw', () =>
  expectTotal(ingressClass, [withSpec({ controller: 'k8s.io/ingress-nginx', parameters })]));

test('the schema accepts a new one', () => expectAccepted(IngressClass, ingressClass.newObject('web')));
