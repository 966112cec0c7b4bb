/** Kustomizations that use what the corpora do not; `overlay` is built. */
const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {tier: front}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: runner
      containers:
      - name: log
        image: registry.example.com:5000/log:1.0
      - name: web
        image: nginx:1.27@sha256:0123
        env: [{name: A, value: "1"}, {name: B, value: "2"}]
        envFrom: [{configMapRef: {name: settings}}]
        ports: [{containerPort: 80, protocol: TCP}, {containerPort: 81}]
      volumes:
      - {name: s, secret: {secretName: keys}}
`;
const REST = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: runner}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: runner}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects: [{kind: ServiceAccount, name: runner, namespace: default}, {kind: ServiceAccount, name: default, namespace: x}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules: []
---
apiVersion: v1
kind: Namespace
metadata: {name: old}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
`;
const BASE = {
  'base/kustomization.yaml': `resources: [web.yaml, rest.yaml]
configMapGenerator:
- {name: settings, literals: [mode=fast, 'quoted="x"'], files: [app.conf, renamed=app.conf]}
secretGenerator:
- {name: keys, envs: [keys.env], type: Opaque}
`,
  'base/web.yaml': WEB,
  'base/rest.yaml': REST,
  'base/app.conf': 'line <1> & more\nline 2\n',
  'base/keys.env':
    '# comment\nUSER=me\nPASS=s3cret with a very long tail that makes the base64 text longer than seventy signs\n',
};

const overlay = (text: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  ...BASE,
  'overlay/kustomization.yaml': `resources: [../base]\n${text}`,
  ...more,
});

export const KUSTOMIZE_CASES: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  ['a base alone', overlay('')],
  ['prefix, suffix and namespace', overlay('namePrefix: pre-\nnameSuffix: -suf\nnamespace: shop\n')],
  ['labels without selectors', overlay('labels: [{pairs: {team: a}}, {pairs: {stage: b}, includeTemplates: true}]\n')],
  ['labels with selectors', overlay('labels: [{pairs: {team: a}, includeSelectors: true}]\n')],
  ['labels in fields', overlay('labels: [{pairs: {team: a}, fields: [{path: spec/selector, kind: Service}]}]\n')],
  ['common labels and annotations', overlay('commonLabels: {team: a}\ncommonAnnotations: {note: "1"}\n')],
  [
    'images',
    overlay(
      'images: [{name: nginx, newTag: "1.28"}, {name: registry.example.com:5000/log, newName: log, digest: "sha256:ab"}]\n',
    ),
  ],
  ['an image by another name only', overlay('images: [{name: nginx, newName: my/nginx}, {name: log, newTag: "2"}]\n')],
  ['a tag’s suffix', overlay('images: [{name: registry.example.com:5000/log, tagSuffix: -x}]\n')],
  ['replicas', overlay('replicas: [{name: web, count: 5}]\n')],
  ['replicas of nothing', overlay('replicas: [{name: gone, count: 5}]\n')],
  [
    'a merge patch adds, changes and deletes',
    overlay('patches:\n- path: p.yaml\n', {
      'overlay/p.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {a: b}, labels: {tier: null}}
spec:
  replicas: 2
  template:
    spec:
      containers:
      - name: side
        image: side:1
      - name: web
        env: [{name: C, value: "3"}, {name: A, $patch: delete}, {name: B, value: two}]
        ports: [{containerPort: 90}, {containerPort: 80, protocol: TCP, name: http}]
      volumes: [{name: t, emptyDir: {}}, {name: s, $patch: delete}]
`,
    }),
  ],
  [
    'a list replaced',
    overlay(
      'patches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {template: {spec: {containers: [{name: only, image: only:1}, {$patch: replace}]}}}\n',
    ),
  ],
  [
    'a map replaced',
    overlay(
      'patches:\n- patch: |-\n    apiVersion: v1\n    kind: Service\n    metadata: {name: web}\n    spec: {$patch: replace, clusterIP: None}\n',
    ),
  ],
  [
    'an object deleted',
    overlay(
      'patches:\n- patch: |-\n    apiVersion: v1\n    kind: Service\n    metadata: {name: web}\n    $patch: delete\n',
    ),
  ],
  [
    'a list of a kind that kustomize does not know',
    overlay(
      'patches:\n- patch: |-\n    apiVersion: autoscaling/v2\n    kind: HorizontalPodAutoscaler\n    metadata: {name: web}\n    spec: {metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]}\n',
    ),
  ],
  [
    'ports of a Service',
    overlay(
      'patches:\n- patch: |-\n    apiVersion: v1\n    kind: Service\n    metadata: {name: web}\n    spec: {ports: [{port: 443, name: tls}, {port: 80, name: http}]}\n',
    ),
  ],
  [
    'a JSON patch for a target',
    overlay(
      'patches:\n- target: {kind: Deployment, name: w.*}\n  patch: |-\n    - {op: add, path: /spec/template/spec/containers/0/args, value: [a]}\n    - {op: remove, path: /metadata/labels}\n',
    ),
  ],
  [
    'a merge patch for a target',
    overlay(
      'patches:\n- target: {kind: Service|Ingress, labelSelector: "!tier"}\n  patch: |-\n    apiVersion: v1\n    kind: Any\n    metadata: {name: any, annotations: {x: "y"}}\n',
    ),
  ],
  [
    'a patch for nothing',
    overlay('patches:\n- patch: |-\n    apiVersion: v1\n    kind: Service\n    metadata: {name: gone}\n'),
  ],
  [
    'a patch by the old name',
    overlay(
      'namePrefix: pre-\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: Service\n    metadata: {name: web, labels: {a: b}}\n',
    ),
  ],
  [
    'patches in the old fields',
    overlay(
      'patchesStrategicMerge:\n- |-\n  apiVersion: v1\n  kind: Service\n  metadata: {name: web, labels: {a: b}}\npatchesJson6902:\n- target: {group: apps, version: v1, kind: Deployment, name: web}\n  patch: |-\n    [{"op": "replace", "path": "/spec/template/spec/serviceAccountName", "value": "other"}]\n',
    ),
  ],
  [
    'a generator merged and one replaced',
    overlay(
      'configMapGenerator: [{name: settings, behavior: merge, literals: [mode=slow, more=1]}]\nsecretGenerator: [{name: keys, behavior: replace, literals: [only=1]}]\n',
    ),
  ],
  [
    'a generator that merges with nothing',
    overlay('configMapGenerator: [{name: gone, behavior: merge, literals: [a=b]}]\n'),
  ],
  [
    'generators’ options',
    overlay(
      'generatorOptions: {labels: {g: "1"}, annotations: {h: "2"}}\nconfigMapGenerator: [{name: own, literals: [a=b], options: {disableNameSuffixHash: true, immutable: true, labels: {o: "3"}}}, {name: other, literals: [c=d]}]\n',
    ),
  ],
  [
    'a generator in a namespace',
    overlay('namespace: shop\nconfigMapGenerator: [{name: there, namespace: shop, literals: [a=b]}]\n'),
  ],
  [
    'two layers of prefixes',
    {
      ...overlay('namePrefix: b-\n'),
      'top/kustomization.yaml': '',
      'base/kustomization.yaml': `${BASE['base/kustomization.yaml']}namePrefix: a-\n`,
    },
  ],
  [
    'a component',
    overlay('components: [../extra]\nnamePrefix: pre-\n', {
      'extra/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [cm.yaml]\nreplicas: [{name: web, count: 9}]\n',
      'extra/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\n',
    }),
  ],
  ['a kustomization among components', overlay('components: [../base]\n')],
  ['first in, first out', overlay('sortOptions: {order: fifo}\n')],
  [
    'an order of its own',
    overlay(
      'sortOptions: {order: legacy, legacySortOptions: {orderFirst: [Service, Namespace], orderLast: [ServiceAccount]}}\n',
    ),
  ],
  [
    'a replacement',
    overlay(
      'replacements:\n- source: {kind: Service, name: web, fieldPath: metadata.name}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ["spec.template.spec.containers.[name=web].env.[name=A].value"]\n',
    ),
  ],
  [
    'a replacement of a part',
    overlay(
      'replacements:\n- source: {kind: Service, name: web}\n  targets:\n  - select: {kind: Ingress}\n    fieldPaths: [spec.rules.0.host]\n    options: {delimiter: ., index: 0}\n  - select: {kind: Deployment}\n    fieldPaths: ["spec.template.spec.containers.*.workingDir", "metadata.annotations.[a.b/c]"]\n    options: {create: true}\n',
    ),
  ],
  [
    'a replacement without a source',
    overlay(
      'replacements:\n- source: {kind: Service, name: gone}\n  targets: [{select: {kind: Deployment}, fieldPaths: [metadata.name]}]\n',
    ),
  ],
  [
    'local configuration left out',
    overlay('', {
      'overlay/kustomization.yaml': 'resources: [../base, l.yaml]\n',
      'overlay/l.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: l, annotations: {config.kubernetes.io/local-config: "true"}}\n',
    }),
  ],
  [
    'the same object twice',
    overlay('', {
      'overlay/kustomization.yaml': 'resources: [../base, l.yaml]\n',
      'overlay/l.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n',
    }),
  ],
  ['a file that is not there', overlay('', { 'overlay/kustomization.yaml': 'resources: [gone.yaml]\n' })],
  ['a file beside', overlay('', { 'overlay/kustomization.yaml': 'resources: [../base/web.yaml]\n' })],
  ['itself', overlay('', { 'overlay/kustomization.yaml': 'resources: [../overlay]\n' })],
  ['an unknown field', overlay('colour: red\n')],
  ['another version', overlay('apiVersion: kustomize.config.k8s.io/v2\n')],
  ['a list instead of a map', overlay('', { 'overlay/kustomization.yaml': '- a\n' })],
  [
    'binary and a list of objects',
    overlay('', {
      'overlay/kustomization.yaml': 'resources: [l.yaml]\nconfigMapGenerator: [{name: b, files: [l.yaml]}]\n',
      'overlay/l.yaml': 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: s}}\n',
    }),
  ],
  [
    'a StatefulSet with claims',
    overlay('labels: [{pairs: {team: a}, includeSelectors: true}]\nnamespace: db\n', {
      'overlay/kustomization.yaml':
        'resources: [s.yaml]\nlabels: [{pairs: {team: a}, includeSelectors: true}]\nnamespace: db\nnamePrefix: x-\n',
      'overlay/s.yaml':
        'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: "pg:1"}], affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: h, labelSelector: {matchLabels: {app: db}}}]}}}}, volumeClaimTemplates: [{metadata: {name: d}, spec: {}}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {clusterIP: None, selector: {app: db}}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: db}\nspec: {selector: {matchLabels: {app: db}}}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: db}\nspec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {}}]}]}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {containers: [{image: "nginx:1"}]}\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec: {schedule: "* * * * *", jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: c}]}}}}}\n',
    }),
  ],
];
