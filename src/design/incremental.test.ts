import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { DesignAdmission } from './admission/design-admission.ts';
import { findProblems } from './checks/index.ts';
import { DesignProblems } from './design-problems.ts';
import type { Design, DesignRecord, RecordId } from './design.ts';
import { designRegistry } from './import.ts';
import { findLints } from './lints/find-lints.ts';
import { ReferenceResolver } from './reference-resolver.ts';
import { resolveReferences } from './resolve-references.ts';
import { designOf } from './testing/design-of.ts';
import { findRefusals, judgeContextOf, preloadValidity, refusalsAmong } from './validity.ts';

/** Places of a design, and what may stand in each: one of these, or nothing. They point at each other, rightly or wrongly. */
const PLACES: readonly (readonly string[])[] = [
  ['', ', labels: {pod-security.kubernetes.io/enforce: restricted}'].map(
    (labels) => `{apiVersion: v1, kind: Namespace, metadata: {name: shop${labels}}}`,
  ),
  [
    'apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {replicas: 1, selector: {matchLabels: {app: web}}',
    'apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {replicas: 3, selector: {matchLabels: {app: api}}',
    'apps/v1, kind: StatefulSet, metadata: {name: web, namespace: shop}, spec: {selector: {matchLabels: {app: web}}',
    'apps/v1, kind: Deployment, metadata: {name: web, namespace: other}, spec: {replicas: 3, selector: {matchLabels: {app: web}}',
  ].flatMap((start) =>
    ['web', 'api'].map(
      (app) =>
        `{apiVersion: ${start}, template: {metadata: {labels: {app: ${app}}}, spec: {serviceAccountName: runner, volumes: [{name: d, persistentVolumeClaim: {claimName: data}}], containers: [{name: c, image: "web:1", ports: [{name: http, containerPort: 80}], env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: color}}}]}]}}}}`,
    ),
  ),
  ['web', 'api'].map(
    (app) =>
      `{apiVersion: apps/v1, kind: Deployment, metadata: {name: second, namespace: shop}, spec: {replicas: 2, selector: {matchLabels: {app: ${app}}}, template: {metadata: {labels: {app: ${app}, tier: x}}, spec: {volumes: [{name: d, persistentVolumeClaim: {claimName: data}}], containers: [{name: c, image: web}]}}}}`,
  ),
  ['app: web', 'app: api', 'app: none', ''].map(
    (selector) =>
      `{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {${selector}}, ports: [{name: http, port: 80, targetPort: http}]}}`,
  ),
  ['web', 'second'].map(
    (target) =>
      `{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a, namespace: shop}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${target}}, maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}}`,
  ),
  [
    '{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: b, namespace: shop}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 1}}',
  ],
  ['web', 'api'].map(
    (app) =>
      `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: p, namespace: shop}, spec: {minAvailable: 1, selector: {matchLabels: {app: ${app}}}}}`,
  ),
  ['color: red', 'size: big'].flatMap((data) =>
    ['settings', 'unused'].map(
      (name) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}, namespace: shop}, data: {${data}}}`,
    ),
  ),
  ['{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shop}, data: {color: blue}}'],
  ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'].map(
    (mode) =>
      `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data, namespace: shop}, spec: {storageClassName: fast, accessModes: [${mode}], resources: {requests: {storage: 1Gi}}}}`,
  ),
  [
    '{apiVersion: v1, kind: PersistentVolume, metadata: {name: disk}, spec: {storageClassName: fast, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /d}}}',
  ],
  ...['fast', 'slow'].map((name) =>
    ['true', 'false'].map(
      (value) =>
        `{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: ${name}, annotations: {storageclass.kubernetes.io/is-default-class: "${value}"}}, provisioner: a}`,
    ),
  ),
  ...['one', 'two'].map((name) =>
    ['80', '81'].map(
      (port) =>
        `{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: ${name}, namespace: shop}, spec: {rules: [{host: a.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: ${port}}}}}]}}]}}`,
    ),
  ),
  [
    '{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: c, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}, spec: {controller: a.example/b}}',
  ],
  ['runner', 'default'].map(
    (name) =>
      `{apiVersion: v1, kind: ServiceAccount, metadata: {name: ${name}, namespace: shop}, automountServiceAccountToken: false}`,
  ),
  ['pods', 'secrets'].map(
    (resource) =>
      `{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r, namespace: shop}, rules: [{apiGroups: [""], resources: [${resource}], verbs: [get, create]}]}`,
  ),
  [
    '{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b, namespace: shop}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}, subjects: [{kind: ServiceAccount, name: runner, namespace: shop}]}',
  ],
  ['pods: 2', 'pods: 20', 'configmaps: 2'].map(
    (hard) =>
      `{apiVersion: v1, kind: ResourceQuota, metadata: {name: q, namespace: shop}, spec: {hard: {${hard.replace(': ', ': "')}"}}}`,
  ),
  ['1', '100m'].map(
    (least) =>
      `{apiVersion: v1, kind: LimitRange, metadata: {name: l, namespace: shop}, spec: {limits: [{type: Pod, min: {cpu: ${least}}}]}}`,
  ),
  [
    '{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: h, namespace: edge}, spec: {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, namespace: shop, port: 80}]}]}}',
  ],
  [
    '{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: g, namespace: shop}, spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge}], to: [{group: "", kind: Service}]}}',
  ],
  ['app: web', 'app: api'].map(
    (labels) =>
      `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: n, namespace: shop}, spec: {podSelector: {matchLabels: {${labels}}}, ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]}}`,
  ),
  ...['Validating', 'Mutating'].flatMap((sort) => [
    ['settings', 'unused'].map(
      (name) =>
        `{apiVersion: admissionregistration.k8s.io/v1, kind: ${sort}AdmissionPolicyBinding, metadata: {name: p}, spec: {policyName: p, ${sort === 'Validating' ? 'validationActions: [Deny], ' : ''}paramRef: {name: ${name}, parameterNotFoundAction: Deny}}}`,
    ),
    ['apps', '""'].map(
      (group) =>
        `{apiVersion: admissionregistration.k8s.io/v1, kind: ${sort}AdmissionPolicy, metadata: {name: p}, spec: {paramKind: {apiVersion: v1, kind: ConfigMap}, matchConstraints: {resourceRules: [{apiGroups: [${group}], apiVersions: [v1], operations: [CREATE], resources: [deployments, services]}]}, ${
          sort === 'Validating'
            ? `validations: [{expression: "has(params.data.color)"}]`
            : `reinvocationPolicy: Never, mutations: [{patchType: ApplyConfiguration, applyConfiguration: {expression: 'Object{spec: Object.spec{replicas: has(params.data.color) ? 4 : -1}}'}}]`
        }}}`,
    ),
  ]),
];

const everything = designOf(PLACES.flat().join('\n---\n'));
const registry = designRegistry(everything, BUILT_IN_KINDS);
const pool = [...everything.records.values()];
const choices = PLACES.map((texts, place) => {
  const start = PLACES.slice(0, place).flat().length;
  return pool.slice(start, start + texts.length);
});

/** What stands in each place; a number too large is nothing. */
type State = readonly number[];

function designOfState(state: State, isTurned: boolean): Design {
  const records = state.flatMap((choice, place): (readonly [RecordId, DesignRecord])[] => {
    const record = choices[place]?.[choice];
    return record ? [[`place${place}`, { ...record, id: `place${place}` }]] : [];
  });
  return { ...everything, records: new Map(isTurned ? records.reverse() : records) };
}

const SWITCHES = { on: ['all'], off: [] };

it('what is judged again after random edits is what is judged anew', async () => {
  await preloadValidity(everything, registry);
  const state = fc.tuple(...choices.map((list) => fc.nat(list.length)));
  const edit = fc.record({ place: fc.nat(choices.length - 1), choice: fc.nat(8), turn: fc.nat(30) });
  const told = new Set<string>();
  fc.assert(
    fc.property(state, fc.array(edit, { maxLength: 12 }), (first, edits) => {
      const [references, problems, admission] = [new ReferenceResolver(), new DesignProblems(), new DesignAdmission()];
      let design = designOfState(first, false);
      const choice = [...first];
      for (const { place, choice: next, turn } of [{ place: 0, choice: first[0] ?? 0, turn: 1 }, ...edits]) {
        choice[place] = next;
        const wanted = designOfState(choice, turn === 0);
        // What did not change is the same record, as after an edit of the text.
        const kept = [...wanted.records].map(([id, record]): readonly [RecordId, DesignRecord] => {
          const before = design.records.get(id);
          return [id, before?.object === record.object ? before : record];
        });
        design = { ...wanted, records: new Map(kept) };
        const context = { design, registry, graph: references.of(design, registry) };
        const judging = judgeContextOf(design, registry);
        const refused = [...refusalsAmong(design.records.values(), judging), ...admission.problems(design, judging)];
        const again = problems.of(context, refused, SWITCHES);
        const anew = { design, registry, graph: resolveReferences(design, registry) };
        const expected = findProblems(anew, [
          ...findRefusals(design, registry),
          ...new DesignAdmission().problems(design, judging),
          ...findLints(anew, SWITCHES),
        ]);
        expect(again).toEqual(expected);
        for (const { id } of expected) told.add(id);
      }
    }),
    { numRuns: 60, seed: 3 },
  );
  // The edits bring about most of what checks and lints look at others for.
  expect(told.size).toBeGreaterThan(60);
  for (const id of ['selector.overlaps', 'claim.usedByMany', 'ingress.sameRoute', 'grant.missing', 'admission.refused'])
    expect(told).toContain(id);
});
