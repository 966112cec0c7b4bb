import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const policy = (name: string, expression: string, group = 'apps', resource = 'deployments'): KubernetesObject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name },
  spec: {
    matchConstraints: {
      resourceRules: [{ apiGroups: [group], apiVersions: ['v1'], operations: ['CREATE'], resources: [resource] }],
    },
    validations: [{ expression }],
  },
});

const SHIPS: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'ships.sea.example.com' },
  spec: {
    group: 'sea.example.com',
    scope: 'Namespaced',
    names: { plural: 'ships', singular: 'ship', kind: 'Ship', listKind: 'ShipList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { masts: { type: 'integer' } } } },
          },
        },
      },
    ],
  },
};

it('tells where types do not fit, of built-in kinds and of custom resources, and again after a change', () => {
  const cluster = Cluster.create({ seed: 4, kinds });
  cluster.runUntil(5000);
  const apply = (...objects: readonly KubernetesObject[]): void => {
    cluster.kubectl('apply -f f.yaml', { 'f.yaml': objects });
    cluster.runUntil(cluster.nowMs + 3000);
  };
  const statusOf = (name: string) => cluster.objects().find((object) => nameOf(object) === name)?.['status'];
  apply(SHIPS);
  apply(
    policy('fits', 'object.spec.replicas <= 5'),
    policy('does-not', "object.spec.replicas <= '5'"),
    policy('ships', 'object.spec.sails > 1 || size(object.metadata.labels) > 3', 'sea.example.com', 'ships'),
  );
  expect(statusOf('fits')).toEqual({ observedGeneration: 1, typeChecking: {} });
  expect(statusOf('does-not')).toEqual({
    observedGeneration: 1,
    typeChecking: {
      expressionWarnings: [
        {
          fieldRef: 'spec.validations[0].expression',
          warning:
            "apps/v1, Kind=Deployment: ERROR: <input>:1:22: found no matching overload for '_<=_' applied to '(int, string)'\n | object.spec.replicas <= '5'\n | .....................^\n",
        },
      ],
    },
  });
  expect(statusOf('ships')).toMatchObject({
    typeChecking: {
      expressionWarnings: [
        {
          warning:
            "sea.example.com/v1, Kind=Ship: ERROR: <input>:1:12: undefined field 'sails'\n | object.spec.sails > 1 || size(object.metadata.labels) > 3\n | ...........^\n",
        },
      ],
    },
  });
  apply(policy('does-not', 'object.spec.replicas <= 5'));
  expect(statusOf('does-not')).toEqual({ observedGeneration: 2, typeChecking: {} });
});
