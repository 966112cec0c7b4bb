import { expect, it } from 'vitest';
import { deployment } from '../../deployment/deployment.ts';
import { node } from '../../node/node.ts';
import { isRefusal } from '../../field-edit.ts';
import { applyEdits } from '../testing/apply-edits.ts';

const gpu = {
  ...node.newObject('gpu-1'),
  metadata: { name: 'gpu-1', labels: { 'kubernetes.io/hostname': 'gpu-1', 'topology.kubernetes.io/zone': 'a' } },
  spec: { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] },
};

/** The Pod spec after an arrow, or why there is none. */
function drawn(id: string, label?: string): unknown {
  const connection = deployment.connections?.find(
    (one) => one.id === id && one.to !== 'podTemplate' && one.to.kind === 'Node',
  );
  const source = deployment.newObject('web', 'shop');
  const outcome = connection?.connect(source, gpu, undefined, label === undefined ? {} : { label });
  if (outcome === undefined || isRefusal(outcome)) return outcome;
  const { spec } = applyEdits(source, outcome.source ?? []) as unknown as { spec: { template: { spec: object } } };
  const { containers: _, ...rest } = spec.template.spec as { containers: unknown };
  return rest;
}

it('leads Pods to a Node in four ways, by its host name or another label', () => {
  const inZone = [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['a'] }];
  expect(drawn('place')).toEqual({ nodeSelector: { 'kubernetes.io/hostname': 'gpu-1' } });
  expect(drawn('require', 'topology.kubernetes.io/zone=a')).toEqual({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: inZone }] },
      },
    },
  });
  expect(drawn('prefer', 'topology.kubernetes.io/zone=a')).toEqual({
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 50, preference: { matchExpressions: inZone } }],
      },
    },
  });
  expect(drawn('tolerate')).toEqual({
    tolerations: [{ key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }],
  });
});

it('lets a person choose the key, the name of the variable, the path and the container', () => {
  const settings = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'shop' },
    data: { a: '1', b: '2' },
  };
  const two = {
    containers: [
      { name: 'web', image: 'w' },
      { name: 'log', image: 'l' },
    ],
  };
  const source = { ...deployment.newObject('web', 'shop'), spec: { template: { spec: two } } };
  const edits = (id: string, chosen: object): unknown => {
    const connection = deployment.connections?.find((one) => one.id === id);
    const outcome = connection?.connect(source, settings, undefined, chosen);
    return outcome === undefined || isRefusal(outcome) ? outcome : outcome.source;
  };
  const options = deployment.connections?.find(({ id }) => id === 'env')?.options?.(source, settings);
  expect(options).toEqual([
    { id: 'key', value: 'a', values: ['a', 'b'] },
    { id: 'variable', value: 'A' },
    { id: 'container', value: 'web', values: ['web', 'log'] },
  ]);
  expect(edits('env', { key: 'b', variable: 'MODE', container: 'log' })).toEqual([
    {
      op: 'append',
      path: ['spec', 'template', 'spec', 'containers', 1, 'env'],
      value: { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'b' } } },
    },
  ]);
  expect(edits('mount', { mountPath: '/config', container: 'log' })).toMatchObject([
    { path: ['spec', 'template', 'spec', 'volumes'] },
    { path: ['spec', 'template', 'spec', 'containers', 1, 'volumeMounts'], value: { mountPath: '/config' } },
  ]);
});
