import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonValue, Path } from '../base/json.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { editFields, isRefused } from './edit-segment.ts';
import { designRegistry } from './import.ts';
import { ReferenceResolver } from './reference-resolver.ts';
import { resolveReferences } from './resolve-references.ts';
import { designOf } from './testing/design-of.ts';

const TEXT = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      nodeSelector: {disk: ssd}
      containers:
        - name: c
          image: web:1
          envFrom: [{configMapRef: {name: settings}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: db}]}}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {a: "1"}
---
apiVersion: v1
kind: Node
metadata: {name: n1, labels: {disk: ssd}}
---
apiVersion: v1
kind: Pod
metadata: {name: user, namespace: shop}
spec:
  containers: [{name: c, image: x}]
  volumes: [{name: v, persistentVolumeClaim: {claimName: data-db-0}}]
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: a}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: policy, namespace: shop}
spec:
  podSelector: {matchExpressions: [{key: app, operator: In, values: [web, other]}]}
  ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}, podSelector: {}}]}]
---
apiVersion: v1
kind: Service
metadata: {name: db-0, namespace: shop}
spec: {selector: {statefulset.kubernetes.io/pod-name: db-0}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other, namespace: shop}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: limits}
spec: {paramKind: {apiVersion: v1, kind: ConfigMap}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: limits}
spec: {policyName: limits, paramRef: {name: settings}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: limits-of-one}
spec: {policyName: limits, paramRef: {selector: {matchLabels: {app: web}}, namespace: shop}}
`;

/** Fields that others look at, and fields that nobody does. */
const EDITS: readonly (readonly [record: number, path: Path, values: readonly JsonValue[]])[] = [
  [1, ['spec', 'replicas'], [1, 2, 3]],
  [1, ['spec', 'template', 'spec', 'containers', 0, 'image'], ['web:2', 'web:3']],
  [1, ['spec', 'template', 'metadata', 'labels', 'app'], ['web', 'other']],
  [1, ['spec', 'template', 'spec', 'containers', 0, 'envFrom', 0, 'configMapRef', 'name'], ['settings', 'gone']],
  [1, ['spec', 'template', 'spec', 'tolerations'], [[{ key: 'a', operator: 'Exists' }], []]],
  [2, ['spec', 'replicas'], [0, 1, 3]],
  [3, ['data', 'a'], ['2', '3']],
  [4, ['metadata', 'labels', 'disk'], ['ssd', 'hdd']],
  [4, ['spec', 'taints'], [[{ key: 'a', effect: 'NoSchedule' }], []]],
  [5, ['metadata', 'labels'], [{ app: 'web' }, { app: 'db' }, {}]],
  [0, ['spec', 'selector', 'app'], ['web', 'db', 'nobody']],
  [0, ['metadata', 'name'], ['web', 'db']],
  [1, ['metadata', 'name'], ['web', 'user']],
  [1, ['kind'], ['Deployment', 'DaemonSet']],
  [2, ['metadata', 'name'], ['db', 'db2']],
  [3, ['metadata', 'name'], ['settings', 'other', 'gone']],
  [4, ['metadata', 'name'], ['n1', 'n2']],
  [5, ['metadata', 'name'], ['user', 'web']],
  [5, ['metadata', 'namespace'], ['shop', 'default']],
  [5, ['metadata', 'uid'], ['1', '2']],
  [6, ['metadata', 'labels'], [{ team: 'a' }, {}]],
  [6, ['metadata', 'name'], ['shop', 'default']],
  [7, ['spec', 'podSelector'], [{}, { matchLabels: { app: 'web' } }]],
  [10, ['spec', 'paramKind', 'kind'], ['ConfigMap', 'Secret', 'Pod', 'Service', 'Node']],
  [10, ['spec', 'paramKind'], [{ apiVersion: 'v1', kind: 'Pod' }, null]],
  [10, ['metadata', 'name'], ['limits', 'other']],
  [11, ['spec', 'paramRef', 'name'], ['settings', 'web', 'n1', 'gone']],
  [12, ['spec', 'paramRef', 'namespace'], ['shop', 'default']],
  [8, ['spec', 'selector'], [{ 'statefulset.kubernetes.io/pod-name': 'db-1' }, { app: 'db' }]],
];

const EDIT = fc
  .constantFrom(...EDITS)
  .chain(([record, path, values]) => fc.constantFrom(...values).map((value) => ({ record, path, value })));

it('gives the references that looking everything up gives, whatever was edited', () => {
  const start = designOf(TEXT);
  const registry = designRegistry(start, BUILT_IN_KINDS);
  fc.assert(
    fc.property(fc.array(EDIT, { maxLength: 16 }), (edits) => {
      const resolver = new ReferenceResolver();
      let design = start;
      resolver.of(design, registry);
      for (const { record, path, value } of edits) {
        const id = [...design.records.keys()][record]!;
        const next = editFields(design, registry, design.records.get(id)!, [{ op: 'set', path, value }]);
        if (isRefused(next)) continue;
        design = next;
        const graph = resolver.of(design, registry);
        expect(graph.references).toEqual(resolveReferences(design, registry).references);
      }
    }),
    { numRuns: 150 },
  );
});
