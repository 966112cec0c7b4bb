import { describe, expect, test } from 'vitest';
import { genericDefinition, guessPlural } from './generic.ts';
import { customKindDefinition } from './shared/custom-kind.ts';
import { applyEdits, connected } from './shared/testing/apply-edits.ts';
import { expectDisconnects } from './shared/testing/expect-disconnects.ts';
import { expectIdentity } from './shared/testing/expect-identity.ts';
import { expectTotal } from './shared/testing/expect-total.ts';

describe('a built-in kind without a folder', () => {
  test.each([
    ['certificates.k8s.io', 'CertificateSigningRequest', 'access'],
    ['scheduling.k8s.io', 'PodGroup', 'workload'],
    ['', 'ComponentStatus', 'cluster'],
  ])('%s %s is what the table says', (group, kind, category) => {
    const definition = genericDefinition({ group, kind }, 'v1');
    expect(definition.category).toBe(category);
    if (kind === 'CertificateSigningRequest') expectIdentity(definition);
  });

  test('of the past keeps its scope and versions', () =>
    expect(genericDefinition({ group: 'policy', kind: 'PodSecurityPolicy' }, 'v1beta1')).toMatchObject({
      resource: 'podsecuritypolicies',
      scope: 'Cluster',
      version: 'v1beta1',
    }));
});

describe('a kind that nobody described', () => {
  test.each([
    ['Widget', 'widgets', 'Namespaced'],
    ['ClusterIssuer', 'clusterissuers', 'Cluster'],
    ['Cluster', 'clusters', 'Namespaced'],
    ['ClusterClass', 'clusterclasses', 'Namespaced'],
    ['AuthorizationPolicy', 'authorizationpolicies', 'Namespaced'],
  ])('%s', (kind, resource, scope) =>
    expect(genericDefinition({ group: 'acme.io', kind }, 'v1alpha1')).toMatchObject({
      group: 'acme.io',
      version: 'v1alpha1',
      kind,
      resource,
      scope,
      category: 'custom',
    }),
  );

  test.each([
    ['Ingress', 'ingresses'],
    ['Endpoints', 'endpoints'],
    ['Policy', 'policies'],
    ['Node', 'nodes'],
  ])('the plural of %s is %s', (kind, plural) => expect(guessPlural(kind)).toBe(plural));
});

const rollout = genericDefinition({ group: 'argoproj.io', kind: 'Rollout' }, 'v1alpha1');
const web = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas: 3,
    strategy: { canary: { stableServiceRef: { kind: 'Service', name: 'web' } } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          { name: 'web', image: 'registry.example.com/web:1', envFrom: [{ configMapRef: { name: 'env' } }] },
        ],
      },
    },
  },
};

describe('a custom workload', () => {
  test('has Pods that a Service can select', () =>
    expect(rollout.podTemplate?.(web)).toMatchObject({
      labels: new Map([['app', 'web']]),
      labelsPath: ['spec', 'template', 'metadata', 'labels'],
      specPath: ['spec', 'template', 'spec'],
    }));

  test('shows its image and Pods', () => expect(rollout.summary?.(web)).toEqual({ fact: 'web:1', pods: 3 }));

  test('takes arrows as a Deployment does', () => {
    const connection = rollout.connections!.find(
      ({ id, to }) => id === 'envFrom' && to !== 'podTemplate' && to.kind === 'ConfigMap',
    )!;
    const target = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more', namespace: 'shop' } };
    expect(connected(web, connection.connect(web, target))).toHaveProperty(
      ['spec', 'template', 'spec', 'containers', 0, 'envFrom', 1],
      { configMapRef: { name: 'more' } },
    );
  });

  test('lets each reference be taken away', () => {
    expectDisconnects(rollout, web);
    const service = rollout.references(web).find(({ target }) => target.by === 'name' && target.kind === 'Service')!;
    expect(applyEdits(web, rollout.disconnect!(web, service))).not.toHaveProperty(
      'spec.strategy.canary.stableServiceRef',
    );
  });

  test('reads anything', () => expectTotal(rollout, [web]));
});

describe('a kind of a CustomResourceDefinition', () => {
  const definition = customKindDefinition({
    group: 'acme.io',
    kind: 'Widget',
    plural: 'widgets',
    scope: 'Cluster',
    shortNames: ['wd'],
    versions: ['v1', 'v1beta1'],
    version: 'v1',
    printColumns: [
      { name: 'Age', jsonPath: '.metadata.creationTimestamp', type: 'date' },
      { name: 'Detail', jsonPath: '.spec.detail', priority: 1 },
      { name: 'Size', jsonPath: '.spec.size' },
      { name: 'Ready', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
    ],
  });

  test('says what the definition says', () => {
    expectIdentity(definition);
    expect(definition).toMatchObject({ shortNames: ['wd'], olderVersions: [{ group: 'acme.io', version: 'v1beta1' }] });
  });

  test('shows the columns that kubectl shows', () => {
    const status = { conditions: [{ type: 'Ready', status: 'True' }] };
    const object = { apiVersion: 'acme.io/v1', kind: 'Widget', spec: { size: 3, detail: 'no' }, status };
    expect(definition.summary?.(object)).toEqual({ fact: '3', detail: 'True' });
  });

  test('reads anything', () =>
    expectTotal(definition, [{ apiVersion: 'acme.io/v1', kind: 'Widget', spec: { secretRef: { name: 'a' } } }]));
});
