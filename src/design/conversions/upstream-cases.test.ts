import { expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { conversionOf } from './index.ts';

const LABEL = 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match';
const ZONE = 'topology.kubernetes.io/zone';
const HOSTNAME = 'kubernetes.io/hostname';

const budget = (selector?: JsonObject): JsonObject => ({ spec: selector === undefined ? {} : { selector } });
const endpoint = (fields: JsonObject): JsonObject => ({ endpoints: [fields] });
const backend = (fields: JsonObject): JsonObject => ({ spec: { backend: fields } });
const served = (name: string, port: JsonObject): JsonObject => ({
  spec: { defaultBackend: { service: { name, port } } },
});
const limited = (fields: JsonObject): JsonObject => ({ spec: { limited: fields } });

/**
 * After the cases of conversion_test.go (and of defaults_test.go for flowcontrol) of 1.36.2 that lead to the version of
 * today; those that have no name there have one here. Where upstream keeps labels in deprecatedTopology, which v1 does
 * not store, they are dropped and told (`topologyDropped`).
 */
const cases: readonly [file: string, name: string, kind: string, before: JsonObject, after: JsonObject][] = [
  [
    'policy/v1beta1',
    'v1beta1 to internal with empty selector',
    'policy/v1beta1 PodDisruptionBudget',
    budget({}),
    budget({ matchExpressions: [{ key: LABEL, operator: 'Exists' }] }),
  ],
  ['policy/v1beta1', 'v1beta1 to internal with nil selector', 'policy/v1beta1 PodDisruptionBudget', budget(), budget()],
  [
    'policy/v1beta1',
    'v1 to internal with existing selector',
    'policy/v1beta1 PodDisruptionBudget',
    budget({ matchLabels: { foo: 'bar' } }),
    budget({ matchLabels: { foo: 'bar' } }),
  ],
  [
    'policy/v1beta1',
    'v1beta1 to internal with existing pdb selector',
    'policy/v1beta1 PodDisruptionBudget',
    budget({ matchLabels: { foo: 'bar' }, matchExpressions: [{ key: LABEL, operator: 'DoesNotExist' }] }),
    budget({ matchLabels: { foo: 'bar' }, matchExpressions: [] }),
  ],
  [
    'policy/v1beta1',
    'internal to v1beta1 with empty selector, the way back',
    'policy/v1beta1 PodDisruptionBudget',
    budget({ matchLabels: {}, matchExpressions: [{ key: LABEL, operator: 'DoesNotExist' }] }),
    budget({}),
  ],
  ['discovery/v1beta1', 'no topology field', 'discovery.k8s.io/v1beta1 EndpointSlice', endpoint({}), endpoint({})],
  [
    'discovery/v1beta1',
    'non empty topology map, but no zone',
    'discovery.k8s.io/v1beta1 EndpointSlice',
    endpoint({ topology: { key1: 'val1' } }),
    endpoint({}),
  ],
  [
    'discovery/v1beta1',
    'non empty topology map, with zone',
    'discovery.k8s.io/v1beta1 EndpointSlice',
    endpoint({ topology: { key1: 'val1', [ZONE]: 'zone1' } }),
    endpoint({ zone: 'zone1' }),
  ],
  [
    'discovery/v1beta1',
    'only zone in topology map',
    'discovery.k8s.io/v1beta1 EndpointSlice',
    endpoint({ topology: { [ZONE]: 'zone1' } }),
    endpoint({ zone: 'zone1' }),
  ],
  [
    'discovery/v1beta1',
    'nodeName and topology[hostname] are populated with different values',
    'discovery.k8s.io/v1beta1 EndpointSlice',
    endpoint({ nodeName: 'node-1', topology: { [HOSTNAME]: 'node-2' } }),
    endpoint({ nodeName: 'node-1' }),
  ],
  [
    'discovery/v1beta1',
    'nodeName and topology[hostname] are populated with same values',
    'discovery.k8s.io/v1beta1 EndpointSlice',
    endpoint({ nodeName: 'node-1', topology: { [HOSTNAME]: 'node-1' } }),
    endpoint({ nodeName: 'node-1' }),
  ],
  [
    'networking/v1beta1',
    'service name and port number',
    'networking.k8s.io/v1beta1 Ingress',
    backend({ serviceName: 'test-backend', servicePort: 8080 }),
    served('test-backend', { number: 8080 }),
  ],
  [
    'networking/v1beta1',
    'service name and port name',
    'networking.k8s.io/v1beta1 Ingress',
    backend({ serviceName: 'test-backend', servicePort: 'https' }),
    served('test-backend', { name: 'https' }),
  ],
  [
    'flowcontrol/v1beta2',
    'shares have another name',
    'flowcontrol.apiserver.k8s.io/v1beta2 PriorityLevelConfiguration',
    limited({ assuredConcurrencyShares: 100 }),
    limited({ nominalConcurrencyShares: 100 }),
  ],
  [
    'flowcontrol/v1beta3',
    'no shares are the default ones',
    'flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration',
    limited({ nominalConcurrencyShares: 0 }),
    limited({ nominalConcurrencyShares: 30 }),
  ],
];

test.each(cases)('%s: %s', (_file, _name, kind, before, after) => {
  const [apiVersion, name] = kind.split(' ') as [string, string];
  const found = conversionOf({ ...before, apiVersion, kind: name });
  const { apiVersion: _, kind: __, ...converted } = found!.converted.object;
  expect(converted).toEqual(after);
});
