import { describe, expect, it } from 'vitest';
import { preloadValidity } from '../validity.ts';
import { contextOf, changedLines, designOf } from '../testing/design-of.ts';
import { problemsWithoutLints, faultOfFix } from '../testing/expect-fixed.ts';
import { fileText } from '../records.ts';
import type { Fix } from './fix.ts';
import { fixesFor } from './index.ts';

const all = (...documents: readonly string[]): string => documents.join('---\n');
const deployment = (spec: string, container: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n${spec}  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n        - name: web\n          image: web:1\n${container}`;
const selects = '  selector: {matchLabels: {app: web}}\n';
const service = (ports: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports:\n${ports}`;
const http = '          ports: [{name: http, containerPort: 8080}]\n';
const env = (reference: string): string =>
  `          env:\n            - name: A\n              valueFrom: {configMapKeyRef: ${reference}}\n`;
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {color: red}\n';
const autoscaler =
  'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 3}\n';

/** What is written, and each fix as its id and the lines that it changes. */
const cases: readonly [what: string, text: string, fixes: readonly string[]][] = [
  ['nothing wrong', deployment(selects, http), []],
  [
    'a word in the wrong case',
    deployment(selects, '          imagePullPolicy: always\n'),
    ['setValue -          imagePullPolicy: always +          imagePullPolicy: Always'],
  ],
  [
    'a restartPolicy that a Deployment cannot have, in any spelling',
    deployment(selects, '').replace('      containers:', '      restartPolicy: never\n      containers:'),
    [],
  ],
  [
    'a field with a letter missing',
    deployment('  replica: 3\n' + selects, ''),
    ['renameField -  replica: 3 +  replicas: 3'],
  ],
  ['a field that no field is like', deployment('  colour: red\n' + selects, ''), ['removeField -  colour: red']],
  [
    'a field whose namesake is another type',
    deployment('  replica: {}\n' + selects, ''),
    ['removeField -  replica: {}'],
  ],
  [
    'a number in quotes',
    deployment('  replicas: "3" # three\n' + selects, ''),
    ['unquote -  replicas: "3" # three +  replicas: 3 # three'],
  ],
  [
    'a version without quotes keeps its zero',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  version: 1.10\n  on: yes\n',
    ['quote -  version: 1.10 +  version: "1.10"', 'quote -  on: yes +  on: "yes"'],
  ],
  ['no selector', deployment('', ''), ['selectorFromLabels +  selector: +    matchLabels: +      app: web']],
  [
    'a selector that its own template does not meet',
    deployment('  selector: {matchLabels: {app: shop}}\n', ''),
    [
      'labelsFromSelector -    metadata: {labels: {app: web}} +    metadata: {labels: {app: shop}}',
      'labelsFromSelector -    metadata: {labels: {app: web}} +    metadata: {labels: {app: shop}}',
    ],
  ],
  [
    'a Job that does not say when it restarts',
    'apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec:\n  template:\n    spec:\n      containers: [{name: a, image: b}]\n',
    ['setValue +      restartPolicy: OnFailure', 'setValue +      restartPolicy: Never'],
  ],
  [
    'several ports without names',
    all(service('    - port: 80\n    - port: 53\n      protocol: UDP\n')),
    ['setValue +      name: tcp-80', 'setValue +      name: udp-53'],
  ],
  [
    'a container without a name',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - image: ghcr.io:443/acme/web_app:1\n',
    ['setValue +      name: web-app'],
  ],
  [
    'a claim without an access mode',
    'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\nspec:\n  resources: {requests: {storage: 1Gi}}\n',
    ['setValue +  accessModes: +  - ReadWriteOnce'],
  ],
  [
    'bytes with a B',
    deployment(selects, '          resources:\n            limits: {memory: 512mb, cpu: 500mb}\n'),
    ['setValue -            limits: {memory: 512mb, cpu: 500mb} +            limits: {memory: 512M, cpu: 500mb}'],
  ],
  [
    'a Secret in plain text',
    'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n  color: aGk=\n  password: hello world\n',
    ['moveToStringData +stringData:'],
  ],
  [
    'a request above its limit',
    deployment(selects, '          resources:\n            requests: {cpu: 2}\n            limits: {cpu: 500m}\n'),
    [
      'raiseLimit -            limits: {cpu: 500m} +            limits: {cpu: 2}',
      'lowerRequest -            requests: {cpu: 2} +            requests: {cpu: 500m}',
    ],
  ],
  [
    'a target port with swapped letters',
    all(deployment(selects, http), service('    - port: 80\n      targetPort: htpt\n')),
    ['setValue -      targetPort: htpt +      targetPort: http'],
  ],
  [
    'a target port that the only container does not list',
    all(deployment(selects, http), service('    - port: 80\n')),
    ['setValue +      targetPort: 8080'],
  ],
  [
    'a probe at a port of another name',
    deployment(selects, http + '          livenessProbe:\n            tcpSocket: {port: web}\n'),
    ['setValue -            tcpSocket: {port: web} +            tcpSocket: {port: http}'],
  ],
  [
    'an Ingress that asks for a port that the Service does not have',
    all(
      deployment(selects, http),
      service('    - port: 80\n      targetPort: http\n'),
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec:\n  defaultBackend:\n    service:\n      name: web\n      port:\n        number: 8080\n',
    ),
    ['setValue -        number: 8080 +        number: 80'],
  ],
  [
    'a ConfigMap of nearly that name',
    all(settings, deployment(selects, env('{name: setings, key: color}'))),
    [
      'pointTo -              valueFrom: {configMapKeyRef: {name: setings, key: color}} +              valueFrom: {configMapKeyRef: {name: settings, key: color}}',
    ],
  ],
  [
    'a key of nearly that name',
    all(settings, deployment(selects, env('{name: settings, key: colour}'))),
    [
      'setValue -              valueFrom: {configMapKeyRef: {name: settings, key: colour}} +              valueFrom: {configMapKeyRef: {name: settings, key: color}}',
    ],
  ],
  [
    'a mount of a volume of nearly that name',
    deployment(
      selects,
      '          volumeMounts: [{name: cahce, mountPath: /c}]\n      volumes: [{name: cache, emptyDir: {}}]\n',
    ),
    [
      'mountVolume -          volumeMounts: [{name: cahce, mountPath: /c}] +          volumeMounts: [{name: cache, mountPath: /c}]',
    ],
  ],
  [
    'a Namespace that is not declared',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\n',
    ['addNamespace +--- +apiVersion: v1 +kind: Namespace +metadata: +  name: shop'],
  ],
  [
    'replicas that an autoscaler decides',
    all(deployment('  replicas: 3\n' + selects, '          resources: {requests: {cpu: 1}}\n'), autoscaler),
    ['leaveReplicas -  replicas: 3'],
  ],
  [
    'an apiVersion under which the object is as good',
    'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: b}\nspec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n',
    ['useApiVersion -apiVersion: policy/v1beta1 +apiVersion: policy/v1'],
  ],
  [
    'an apiVersion under which it must be written differently',
    all(
      'apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: i}\nspec: {backend: {serviceName: web, servicePort: 80}}\n',
      deployment(selects, http),
      service('    - port: 80\n      targetPort: http\n'),
    ),
    [
      'useApiVersion -apiVersion: networking.k8s.io/v1beta1 -kind: Ingress -metadata: {name: i} -spec: {backend: {serviceName: web, servicePort: 80}} +apiVersion: networking.k8s.io/v1 +kind: Ingress +metadata: {name: i} +spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}',
    ],
  ],
];

describe('fixes', () => {
  it.each(cases)('%s', async (_, text, expected) => {
    const context = contextOf(designOf(text));
    await preloadValidity(context.design, context.registry);
    const problems = problemsWithoutLints(context);
    const found = problems.flatMap((problem) =>
      fixesFor(problem, context).map((fix: Fix) => {
        const outcome = faultOfFix(context, problem, fix, problems);
        if (typeof outcome === 'string') throw new Error(`${fix.id}: ${outcome}`);
        const [file] = outcome.design.files.values();
        const lines = changedLines(text, fileText(outcome.design, file!)).filter(
          (line) => line !== '-' && line !== '+',
        );
        return [fix.id, ...lines].join(' ');
      }),
    );
    expect(found).toEqual(expected);
  });
});
