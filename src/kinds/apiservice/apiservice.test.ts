import { APIService } from 'kubernetes-models/apiregistration.k8s.io/v1/APIService';
import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { applyEdits, connected } from '../shared/testing/apply-edits.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { apiService } from './apiservice.ts';

const metrics: KubernetesObject = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1beta1.metrics.k8s.io' },
  spec: {
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    groupPriorityMinimum: 100,
    versionPriority: 100,
    insecureSkipTLSVerify: true,
    service: { name: 'metrics-server', namespace: 'kube-system' },
  },
};

test('rule 49: the Service behind', () => {
  expect(referenceLines(apiService.references(metrics))).toEqual([
    'apiService spec.service.name -> Service/kube-system/metrics-server :443 namespace at spec.service.namespace',
  ]);
});

test('the name is version.group, which the API server requires', () => {
  expect(apiService.newObject('v1beta1.metrics.k8s.io')).toMatchObject({
    spec: { group: 'metrics.k8s.io', version: 'v1beta1' },
  });
  expect(apiService.newObject('widgets')).toMatchObject({
    metadata: { name: 'v1.widgets.example.com' },
    spec: { group: 'widgets.example.com', version: 'v1' },
  });
});

test('an arrow to a Service', () => {
  const service: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 's', namespace: 'x' },
    spec: { ports: [{ port: 443 }] },
  };
  const [call] = apiService.connections!;
  const after = connected(metrics, call!.connect(metrics, service)) as KubernetesObject;
  expect(after).toHaveProperty('spec.service', { namespace: 'x', name: 's' });
  expect(call!.connect(after, service)).toEqual({ refused: 'connect.already' });
});

test('without its Service it answers itself and checks no certificate', () => {
  const after = applyEdits(
    metrics,
    apiService.disconnect!(metrics, apiService.references(metrics)[0]!),
  ) as KubernetesObject;
  expect(after['spec']).toEqual({
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    groupPriorityMinimum: 100,
    versionPriority: 100,
  });
  expect(apiService.summary?.(after)).toEqual({ fact: 'Local' });
  expect(apiService.summary?.(metrics)).toEqual({ fact: 'kube-system/metrics-server' });
});

test('nothing in an APIService makes it throw', () => expectTotal(apiService, [metrics]));

test('the schema accepts a new one', () => expectAccepted(APIService, apiService.newObject('web')));
