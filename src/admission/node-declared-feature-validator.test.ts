import { expect } from 'vitest';
import type { DeclaredFeature } from '../apimachinery/node-declared-features.ts';
import { featuresForUpdate } from '../apimachinery/node-declared-features.ts';
import type { JsonObject } from '../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../base/testing/upstream-table.ts';
import { isRefusal } from './answer.ts';
import { nodeDeclaredFeatureValidatorWith } from './node-declared-feature-validator.ts';
import { clusterOf } from './testing/cluster-of.ts';
import { requestOf } from './testing/request-of.ts';

const SOURCE = upstreamSource('admission', 'plugin/pkg/admission/nodedeclaredfeatures/admission_test.go, 1.36.2');

const node = (
  name: string,
  declaredFeatures: readonly string[],
): JsonObject & { apiVersion: string; kind: string } => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { declaredFeatures },
});
const VIEW = clusterOf([node('test-node', ['TestFeature']), node('test-node-no-feature', [])]);

const feature = (name: string, forUpdate: boolean, lastRelease?: number): DeclaredFeature => ({
  name,
  forScheduling: () => false,
  forUpdate: () => forUpdate,
  ...(lastRelease === undefined ? {} : { lastRelease }),
});
const NEEDED = [feature('TestFeature', true, 35)];

const pod = (
  nodeName: string,
  cpu: string,
  generation?: number,
): JsonObject & { apiVersion: string; kind: string } => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'test-pod', namespace: 'test-ns', ...(generation === undefined ? {} : { generation }) },
  spec: { nodeName, containers: [{ name: 'c', image: 'image', resources: { requests: { cpu, memory: '100Mi' } } }] },
});

interface Case {
  readonly name: string;
  readonly node?: string;
  readonly generation?: number;
  readonly features?: readonly DeclaredFeature[];
  readonly release?: number;
  readonly subresource?: string;
  readonly error?: string;
}

upstreamLeftOut(SOURCE, { 'Feature gate disabled': 'the gate NodeDeclaredFeatures is on in 1.36' });

const FORBIDDEN = 'pods "test-pod" is forbidden:';

upstreamEach(
  SOURCE,
  'TestAdmission',
)<Case>([
  { name: 'skip validation when pod is not bound to node', node: '', features: [], release: 35 },
  {
    name: 'skip validation on invalid node name',
    node: 'not-found-node',
    release: 35,
    error: `${FORBIDDEN} node "not-found-node" not found`,
  },
  { name: 'No feature requirements', features: [feature('FeatureA', false)], release: 35 },
  { name: 'Feature requirement met', release: 35 },
  {
    name: 'Feature requirement not met',
    node: 'test-node-no-feature',
    error: `${FORBIDDEN} pod update requires features TestFeature which are not available on node "test-node-no-feature"`,
  },
  { name: 'skip validation when generation not updated', node: 'test-node-no-feature', generation: 0 },
  {
    name: 'Feature not need as its generally available',
    node: 'test-node-no-feature',
    features: [feature('TestFeature', true, 34)],
    release: 35,
  },
  { name: 'skip validation for `status` subresource', node: 'test-node-no-feature', subresource: 'status' },
  { name: 'DO not skip validation for `resize` subresource', subresource: 'resize' },
])('$name', ({ node: on = 'test-node', generation = 1, features = NEEDED, release = 34, subresource = '', error }) => {
  const oldObject = pod(on, '1000m');
  const request = requestOf(pod(on, '2000m', generation), { oldObject, subresource });
  const answer = nodeDeclaredFeatureValidatorWith(features).validate?.(request, { ...VIEW, release });
  expect(isRefusal(answer) ? answer.message : undefined).toBe(error);
});

const FEATURES = 'staging/src/k8s.io/component-helpers/nodedeclaredfeatures/features/inplacepodresize';
const init = (name: string, resources: JsonObject = {}, isSidecar = false): JsonObject => ({
  name,
  resources,
  ...(isSidecar ? { restartPolicy: 'Always' } : {}),
});
const requests = (cpu: string): JsonObject => ({ requests: { cpu } });
const INIT = 'InPlacePodVerticalScalingInitContainers';

upstreamEach(upstreamSource('admission', `${FEATURES}/nonsidecar_initcontainers_resize_test.go, 1.36.2`))<
  readonly [name: string, before: readonly JsonObject[], after: readonly JsonObject[], needed: readonly string[]]
>([
  ['NoChanges', [init('init-1', requests('100m'))], [init('init-1', requests('100m'))], []],
  ['InitContainerResourceChanged', [init('init-1', requests('100m'))], [init('init-1', requests('200m'))], [INIT]],
  [
    'SidecarContainerResourceChanged_Ignored',
    [init('sidecar', requests('100m'), true)],
    [init('sidecar', requests('200m'), true)],
    [],
  ],
  [
    'MixedContainers_OnlyInitChanged',
    [init('sidecar', {}, true), init('regular-init', { requests: { memory: '128Mi' } })],
    [init('sidecar', {}, true), init('regular-init', { requests: { memory: '256Mi' } })],
    [INIT],
  ],
  [
    'MixedContainers_OnlySidecarChanged_Ignored',
    [init('sidecar', requests('100m'), true), init('regular-init', requests('100m'))],
    [init('sidecar', requests('200m'), true), init('regular-init', requests('100m'))],
    [],
  ],
])('TestNonSidecarInitContainerResizeFeatureInferForUpdate/%s', (_, before, after, needed) => {
  expect(featuresForUpdate({ initContainers: before }, { initContainers: after }, 36)).toEqual(needed);
});

const one = { requests: { cpu: '1' }, limits: { cpu: '1' } };
const POD_LEVEL = ['InPlacePodLevelResourcesVerticalScaling'];

upstreamEach(upstreamSource('admission', `${FEATURES}/pod_level_resource_resize_test.go, 1.36.2`))<
  readonly [name: string, before: JsonObject, after: JsonObject, needed: readonly string[]]
>([
  ['NoResourcesChanged', { resources: one }, { resources: one }, []],
  ['ResourcesAdded', {}, { resources: one }, POD_LEVEL],
  ['ResourcesRemoved', { resources: one }, {}, POD_LEVEL],
  ['ResourcesChanged', { resources: one }, { resources: { ...one, requests: { cpu: '2' } } }, POD_LEVEL],
  ['NilResources', {}, {}, []],
])('TestPodLevelResourcesResizeFeatureInferForUpdate/%s', (_, before, after, needed) => {
  expect(featuresForUpdate(before, after, 36)).toEqual(needed);
});
