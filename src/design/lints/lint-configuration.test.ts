import { describe, expect, it } from 'vitest';
import { contextOf, designOf } from '../testing/design-of.ts';
import { findLints } from './find-lints.ts';
import { readLintConfiguration } from './lint-configuration.ts';

const MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {team: a}, annotations: {ignore-check.kube-linter.io/quiet: ""}}
spec:
  replicas: 1
  strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 50%, maxSurge: 1}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: c
          image: registry.example.com/web:1
          imagePullPolicy: Never
          resources: {requests: {cpu: 300m, memory: 64Mi}, limits: {memory: 2Gi}}
          securityContext: {capabilities: {add: [SYS_TIME], drop: [NET_RAW]}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  selector: {matchLabels: {app: db}}
  serviceName: db
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: db:1}]}}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {}}]
`;

const check = (template: string, params: object, more: object = {}): string =>
  JSON.stringify({
    checks: { doNotAutoAddDefaults: true },
    customChecks: [{ name: 'own', template, params, ...more }],
  });

describe('a check with parameters', () => {
  it.each<[string, object, readonly string[], object?]>([
    ['required-label', { key: '^team$' }, ['StatefulSet metadata.labels']],
    ['required-label', { key: '^team$', value: 'b' }, ['Deployment metadata.labels', 'StatefulSet metadata.labels']],
    ['required-label', { key: '!^team$' }, ['Deployment metadata.labels', 'StatefulSet metadata.labels']],
    ['required-label', { key: '^team$' }, [], { scope: { objectKinds: ['Deployment', 'Service'] } }],
    ['minimum-replicas', { minReplicas: 2 }, ['Deployment spec.replicas', 'StatefulSet spec.replicas']],
    ['image-pull-policy', { forbiddenPolicies: ['Never'] }, ['Deployment containers.0.imagePullPolicy']],
    ['latest-tag', { allowList: ['^registry\\.example\\.com/'] }, ['StatefulSet containers.0.image']],
    [
      'cpu-requirements',
      { requirementsType: 'request', lowerBoundMillis: 250, upperBoundMillis: 500 },
      ['Deployment containers.0.resources.requests.cpu'],
    ],
    [
      'memory-requirements',
      { requirementsType: 'any', lowerBoundMB: 1024 },
      ['Deployment containers.0.resources.limits.memory'],
    ],
    [
      'verify-container-capabilities',
      { forbiddenCapabilities: ['all'], exceptions: ['SYS_TIME'] },
      ['Deployment containers.0.securityContext.capabilities.drop'],
    ],
    [
      'update-configuration',
      { strategyTypeRegex: '^RollingUpdate$', maxPodsUnavailable: '25%' },
      ['Deployment spec.strategy.rollingUpdate.maxUnavailable', 'StatefulSet spec.updateStrategy.rollingUpdate'],
    ],
    [
      'statefulset-volumeclaimtemplate-annotation',
      { annotation: 'backup' },
      ['StatefulSet spec.volumeClaimTemplates.0.metadata.annotations'],
    ],
    ['disallowed-api-obj', { kind: '^StatefulSet$' }, ['StatefulSet kind']],
    ['cel-expression', { check: 'object.spec.replicas < 2 ? "few" : ""' }, ['Deployment ']],
    ['cel-expression', { check: 'size(objects) > 1 && object.kind == "StatefulSet" ? "x" : ""' }, ['StatefulSet ']],
    ['host-ipc', {}, []],
  ])('%s %j', (template, params, expected, more) => {
    const context = contextOf(designOf(MANIFEST));
    const { switches, problems } = readLintConfiguration(check(template, params, more));
    expect(problems).toEqual([]);
    const found = findLints(context, switches).map(({ record, field }) => {
      const path = field.join('.').replace('spec.template.spec.', '');
      return `${context.design.records.get(record)?.object.kind ?? ''} ${path}`;
    });
    expect(found).toEqual(expected);
  });

  it('is not asked of an object that says so by the name of the check', () => {
    const context = contextOf(designOf(MANIFEST));
    const text =
      'checks: {doNotAutoAddDefaults: true}\ncustomChecks: [{name: quiet, template: required-label, params: {key: x}}]';
    const found = findLints(context, readLintConfiguration(text).switches);
    expect(found.map(({ params }) => params)).toEqual([{ pair: 'x=<any>', check: 'quiet', description: '' }]);
  });
});

it('switches lints as kube-linter does: what is both in and out is out', () => {
  const text =
    '---\n# ours\nchecks:\n  addAllBuiltIn: true\n  include: [security]\n  exclude: [host-ipc, latest-tag]\n';
  const { switches } = readLintConfiguration(text);
  expect(switches.on).toContain('host-pid');
  expect(switches.on).toContain('security');
  expect(switches.on).not.toContain('host-ipc');
  expect(switches.off).toEqual(['host-ipc', 'latest-tag']);
});

it.each<[string, string, string]>([
  ['- 1', 'lintConfig.unreadable', ''],
  ['check: {}', 'lintConfig.unknownField', 'check'],
  ['checks: {include: [nothing]}', 'lintConfig.unknownLint', 'checks.include[0]'],
  ['customChecks: [{template: ports}]', 'lintConfig.unnamed', 'customChecks[0]'],
  ['customChecks: [{name: a, template: kubeconform}]', 'lintConfig.unknownTemplate', 'customChecks[0].template'],
  [check('required-label', {}), 'lintConfig.missingParameter', 'customChecks[0].params.key'],
  [check('required-label', { key: 'a', at: 'b' }), 'lintConfig.unknownParameter', 'customChecks[0].params.at'],
  [check('required-label', { key: '(' }), 'lintConfig.parameter', 'customChecks[0].params.key'],
  [check('ports', { port: '80' }), 'lintConfig.parameter', 'customChecks[0].params.port'],
  [
    check('latest-tag', { allowList: ['a'], blockList: ['b'] }),
    'lintConfig.together',
    'customChecks[0].params.allowList',
  ],
  [check('cel-expression', { check: 'object.' }), 'lintConfig.together', 'customChecks[0].params.check'],
])('says what cannot be used of %s', (text, id, field) => {
  expect(readLintConfiguration(text).problems).toMatchObject([{ id, field }]);
});
