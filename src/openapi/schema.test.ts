import { beforeAll, describe, expect, test } from 'vitest';
import { parseApiVersion } from '../apimachinery/group-version-kind.ts';
import { parseFieldPath } from '../apimachinery/field-path.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas, schemaOf } from './built-in-schemas.ts';
import { descriptionOf, preloadDescriptions } from './descriptions.ts';
import { BUILT_IN_RESOURCES, couldBeServed } from './resource.ts';
import { builtInType } from './schema-table.ts';
import { fieldSchema } from './schema.ts';

const gvk = (apiVersion: string, kind: string) => ({ ...parseApiVersion(apiVersion), kind });
const field = (apiVersion: string, kind: string, path: string) => {
  const schema = schemaOf(gvk(apiVersion, kind));
  return schema === undefined ? undefined : fieldSchema(schema, parseFieldPath(path));
};

beforeAll(async () => {
  await preloadSchemas(GROUPS_WITH_SCHEMAS);
  await preloadDescriptions(['', 'apps', 'autoscaling.k8s.io']);
});

describe('which kinds have a schema', () => {
  test('every kind that the release serves, by default or once switched on', () => {
    const without = BUILT_IN_RESOURCES.flatMap((resource) =>
      resource.versions
        .filter(
          (version) => couldBeServed(version) && schemaOf({ ...resource, version: version.version }) === undefined,
        )
        .map((version) => `${resource.group}/${version.version} ${resource.kind}`),
    );
    expect(without).toEqual([]);
  });

  test.each([
    ['extensions/v1beta1', 'Deployment'],
    ['extensions/v1beta1', 'Ingress'],
    ['apps/v1beta1', 'StatefulSet'],
    ['batch/v1beta1', 'CronJob'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler'],
    ['policy/v1beta1', 'PodSecurityPolicy'],
    ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
    ['gateway.networking.k8s.io/v1alpha2', 'TCPRoute'],
    ['autoscaling.k8s.io/v1', 'VerticalPodAutoscaler'],
    ['resource.k8s.io/v1beta1', 'ResourceClaim'],
  ])('%s %s', (apiVersion, kind) => {
    expect(schemaOf(gvk(apiVersion, kind))?.type).toBe('object');
  });

  test.each([
    ['v1', 'PodSpec'],
    ['v1', 'ObjectReference'],
    ['meta/v1', 'ObjectMeta'],
    ['apps/v1', '__proto__'],
    ['example.com/v1', 'Widget'],
  ])('%s %s is no kind', (apiVersion, kind) => {
    expect(schemaOf(gvk(apiVersion, kind))).toBeUndefined();
  });
});

describe('what a field is', () => {
  test.each([
    ['apps/v1', 'Deployment', 'spec.replicas', { type: 'integer', format: 'int32' }],
    ['apps/v1', 'Deployment', 'spec.strategy.rollingUpdate.maxSurge', { type: 'integerOrString' }],
    ['apps/v1', 'Deployment', 'spec.strategy', { type: 'object', patchStrategies: ['retainKeys'] }],
    ['apps/v1', 'Deployment', 'spec.selector', { mapType: 'atomic', typeId: 'meta/v1.LabelSelector' }],
    [
      'v1',
      'Pod',
      'spec.containers',
      { type: 'array', listType: 'map', listMapKeys: ['name'], patchStrategies: ['merge'], patchMergeKey: 'name' },
    ],
    [
      'v1',
      'Pod',
      'spec.containers[0].ports',
      { listType: 'map', listMapKeys: ['containerPort', 'protocol'], patchMergeKey: 'containerPort' },
    ],
    [
      'v1',
      'Pod',
      'spec.containers[0].ports[0].protocol',
      { enum: ['SCTP', 'TCP', 'UDP'], default: 'TCP', emptyMeansUnset: true },
    ],
    ['v1', 'Pod', 'spec.containers[0].command', { listType: 'atomic' }],
    ['v1', 'Pod', 'spec.containers[0].resources.limits[nvidia.com/gpu]', { type: 'quantity' }],
    ['v1', 'Pod', 'spec.volumes', { patchStrategies: ['merge', 'retainKeys'] }],
    ['v1', 'Pod', 'metadata.labels.app', { type: 'string' }],
    ['v1', 'Pod', 'metadata.finalizers', { listType: 'set', patchStrategies: ['merge'] }],
    ['v1', 'Pod', 'metadata.creationTimestamp', { type: 'string', format: 'date-time' }],
    ['v1', 'Pod', 'spec.activeDeadlineSeconds', { type: 'integer', format: 'int64' }],
    ['v1', 'Secret', 'data.password', { type: 'string', format: 'byte' }],
    ['coordination.k8s.io/v1', 'Lease', 'spec.renewTime', { type: 'string', format: 'micro-time' }],
    ['apps/v1', 'ControllerRevision', 'data', { type: 'any' }],
    [
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'spec.versions[0].schema.openAPIV3Schema.properties.a.properties.b.type',
      { type: 'string' },
    ],
    [
      'gateway.networking.k8s.io/v1',
      'HTTPRoute',
      'spec.rules[0].backendRefs[0].port',
      { type: 'integer', bounds: { minimum: 1, maximum: 65535 }, judgedBy: 'openapi' },
    ],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'spec.rules', { bounds: { minItems: 1, maxItems: 16 } }],
    [
      'autoscaling.k8s.io/v1',
      'VerticalPodAutoscaler',
      'spec.updatePolicy.updateMode',
      { type: 'string', judgedBy: 'openapi' },
    ],
    ['resource.k8s.io/v1beta2', 'ResourceSlice', 'spec.pool.generation', { type: 'integer', format: 'int64' }],
    ['storage.k8s.io/v1beta1', 'VolumeAttributesClass', 'parameters.x', { type: 'string' }],
    // A version removed long ago takes its marks from the newest type of the name.
    ['extensions/v1beta1', 'Deployment', 'spec.strategy', { patchStrategies: ['retainKeys'] }],
  ])('%s %s %s', (apiVersion, kind, path, expected) => {
    expect(field(apiVersion, kind, path)).toMatchObject(expected);
  });

  test.each([
    ['v1', 'Pod', 'spec.container'],
    ['v1', 'Pod', 'spec.containers.name'],
    ['v1', 'Pod', 'spec.nodeName.x'],
    ['v1', 'Pod', '__proto__'],
  ])('%s %s has no %s', (apiVersion, kind, path) => {
    expect(field(apiVersion, kind, path)).toBeUndefined();
  });

  test('what the server can do without is not required, whatever OpenAPI says', () => {
    expect(builtInType('v1.HTTPHeader')?.required).toEqual(['name']);
    expect(field('v1', 'Pod', 'spec')?.required).toEqual(['containers']);
    expect(field('apps/v1', 'Deployment', 'spec')?.required).toEqual(['selector', 'template']);
  });
});

describe('descriptions', () => {
  test.each([
    ['apps/v1', 'Deployment', '', /^Deployment enables declarative updates/],
    ['apps/v1', 'Deployment', 'spec.replicas', /^Number of desired pods/],
    ['v1', 'Pod', 'spec.containers[0].image', /^Container image name/],
    ['v1', 'Pod', 'spec.containers[0]', /^A single application container/],
    ['v1', 'Pod', 'metadata.labels', /^Map of string keys and values/],
    ['v1', 'Pod', 'metadata.labels.app', /^$/],
    ['autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', 'spec.targetRef', /TargetRef points to the controller/],
    ['v1', 'Pod', 'apiVersion', /^APIVersion defines the versioned schema/],
    ['v1', 'Pod', 'spec.nothing', /^$/],
    ['example.com/v1', 'Widget', 'spec', /^$/],
  ])('%s %s %s', (apiVersion, kind, path, text) => {
    expect(descriptionOf(gvk(apiVersion, kind), parseFieldPath(path))).toMatch(text);
  });
});
