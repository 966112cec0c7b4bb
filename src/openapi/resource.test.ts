import { describe, expect, test } from 'vitest';
import { parseApiVersion } from '../apimachinery/group-version-kind.ts';
import { resourcesNamed } from './resource-name.ts';
import {
  BUILT_IN_RESOURCES,
  couldBeServed,
  deprecationWarning,
  isServed,
  resourceOf,
  resourceVersionOf,
} from './resource.ts';

const gvk = (apiVersion: string, kind: string) => ({ ...parseApiVersion(apiVersion), kind });

describe('the table of resources', () => {
  test('holds every kind once, with at least one version', () => {
    const keys = BUILT_IN_RESOURCES.map(({ group, kind }) => `${group}/${kind}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(BUILT_IN_RESOURCES.every((resource) => resource.versions.length > 0)).toBe(true);
    expect(keys.length).toBe(105);
  });

  // Versions in the order of api/discovery/aggregated_v2.json: the first is what kubectl asks for.
  test.each([
    ['', 'Pod', 'pods', 'Namespaced', ['po'], 'v1'],
    ['', 'Namespace', 'namespaces', 'Cluster', ['ns'], 'v1'],
    ['apps', 'Deployment', 'deployments', 'Namespaced', ['deploy'], 'v1'],
    ['autoscaling', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'Namespaced', ['hpa'], 'v2'],
    ['networking.k8s.io', 'NetworkPolicy', 'networkpolicies', 'Namespaced', ['netpol'], 'v1'],
    ['gateway.networking.k8s.io', 'GatewayClass', 'gatewayclasses', 'Cluster', ['gc'], 'v1'],
    ['autoscaling.k8s.io', 'VerticalPodAutoscaler', 'verticalpodautoscalers', 'Namespaced', ['vpa'], 'v1'],
    ['extensions', 'Ingress', 'ingresses', 'Namespaced', ['ing'], 'v1beta1'],
    ['policy', 'PodSecurityPolicy', 'podsecuritypolicies', 'Cluster', ['psp'], 'v1beta1'],
  ])('%s/%s', (group, kind, plural, scope, shortNames, preferred) => {
    const resource = resourceOf(group, kind);
    expect(resource).toMatchObject({ plural, scope, shortNames });
    expect(resource?.versions[0]?.version).toBe(preferred);
  });

  test('knows nothing of kinds that Kubernetes never had', () => {
    expect(resourceOf('apps', 'Pod')).toBeUndefined();
    expect(resourceOf('', '__proto__')).toBeUndefined();
  });

  // [apiVersion, kind, first release that serves it by default, first release that does not]
  test.each([
    ['apps/v1', 'Deployment', 9, Infinity],
    ['extensions/v1beta1', 'Deployment', 1, 16],
    ['extensions/v1beta1', 'Ingress', 1, 22],
    ['networking.k8s.io/v1beta1', 'Ingress', 14, 22],
    ['batch/v1beta1', 'CronJob', 8, 25],
    ['policy/v1beta1', 'PodSecurityPolicy', 10, 25],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 12, 26],
    ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', 26, 32],
    ['admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy', 36, Infinity],
  ])('%s %s is served from 1.%d to before 1.%d', (apiVersion, kind, first, after) => {
    const version = resourceVersionOf(gvk(apiVersion, kind))!;
    for (let release = 16; release <= 36; release++)
      expect(isServed(version, release)).toBe(release >= first && release < after);
  });

  test('what must be switched on is served only then', () => {
    const version = resourceVersionOf(gvk('resource.k8s.io/v1beta2', 'ResourceClaim'))!;
    expect([isServed(version), couldBeServed(version), couldBeServed(version, 32)]).toEqual([false, true, false]);
  });
});

describe('deprecation warnings', () => {
  test.each([
    ['v1', 'Endpoints', 36, 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'],
    ['v1', 'Endpoints', 32, undefined],
    ['v1', 'ComponentStatus', 36, 'v1 ComponentStatus is deprecated in v1.19+'],
    [
      'policy/v1beta1',
      'PodSecurityPolicy',
      24,
      'policy/v1beta1 PodSecurityPolicy is deprecated in v1.21+, unavailable in v1.25+',
    ],
    [
      'batch/v1beta1',
      'CronJob',
      24,
      'batch/v1beta1 CronJob is deprecated in v1.21+, unavailable in v1.25+; use batch/v1 CronJob',
    ],
    ['apps/v1', 'Deployment', 36, undefined],
    ['example.com/v1', 'Widget', 36, undefined],
  ])('%s %s in 1.%d', (apiVersion, kind, release, warning) => {
    expect(deprecationWarning(gvk(apiVersion, kind), release)).toBe(warning);
  });
});

describe('words at kubectl', () => {
  test.each([
    ['deploy', ['apps', 'extensions']],
    ['deployments.apps', ['apps']],
    ['Deployment.v1.apps', ['apps']],
    ['deployments.v1beta1.apps', ['apps']],
    ['deployments.v3.apps', []],
    ['po', ['']],
    ['events', ['', 'events.k8s.io']],
    ['ing', ['networking.k8s.io', 'extensions']],
    ['', []],
    ['nothing', []],
  ])('%s', (word, groups) => {
    expect(resourcesNamed(word).map((resource) => resource.group)).toEqual(groups);
  });
});
