import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { designOf, problemsOf } from '../testing/design-of.ts';

const pod = (name: string, labels: string, spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {${labels}}}\nspec: ${spec}\n`;
const plain = '{containers: [{name: c, image: nginx, ports: [{name: http, containerPort: 80}]}]}';
const service = (selector: string, ports: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {${selector}}, ports: [${ports}]}\n`;
const deployment = (name: string, selector: string, labels: string, replicas = 1): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {replicas: ${replicas}, selector: {matchLabels: {${selector}}}, template: {metadata: {labels: {${labels}}}, spec: ${plain}}}\n`;
const claim = (mode: string): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [${mode}], resources: {requests: {storage: 1Gi}}}\n`;
const ingress = (name: string, path: string, port: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: ${name}}\nspec: {rules: [{host: a.example, http: {paths: [{path: ${path}, pathType: Prefix, backend: {service: {name: web, port: ${port}}}}]}}]}\n`;
const all = (...documents: readonly string[]): string => documents.join('---\n');
const web = service('app: web', '{port: 80}');
const webPod = pod('web', 'app: web', plain);

const crossRoute =
  'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: a}\nspec: {rules: [{backendRefs: [{name: web, namespace: default, port: 80}]}]}\n';
const grant = (from: string): string =>
  `apiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\nmetadata: {name: g}\nspec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: ${from}}], to: [{group: "", kind: Service}]}\n`;
const namespaceA = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n';

/** What is written, and each problem as `id at field`. */
const cases: readonly [what: string, text: string, problems: readonly string[]][] = [
  ['a Service and its Pod', all(web, webPod), []],
  ['a Service that selects nothing', web, ['selector.matchesNothing at spec.selector']],
  [
    'a Service without a selector',
    'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: 80}]}\n',
    [],
  ],
  [
    'a port that no container lists',
    all(service('app: web', '{port: 81}'), webPod),
    ['service.portNotListened at spec.ports[0].port'],
  ],
  [
    'a port name that no container has',
    all(service('app: web', '{port: 81, targetPort: grpc}'), webPod),
    ['service.portNotListened at spec.ports[0].targetPort'],
  ],
  [
    'a port of a container that lists none',
    all(service('app: x', '{port: 9}'), pod('x', 'app: x', '{containers: [{name: c}]}')),
    [],
  ],
  [
    'a missing ConfigMap',
    pod('x', 'a: b', '{containers: [{name: c, envFrom: [{configMapRef: {name: absent}}]}]}'),
    ['reference.missing at spec.containers[0].envFrom[0].configMapRef.name'],
  ],
  [
    'an optional ConfigMap',
    pod('x', 'a: b', '{containers: [{name: c, envFrom: [{configMapRef: {name: absent, optional: true}}]}]}'),
    [],
  ],
  [
    'a ConfigMap that every namespace has',
    pod('x', 'a: b', '{volumes: [{name: v, configMap: {name: kube-root-ca.crt}}]}'),
    [],
  ],
  [
    'a key that the ConfigMap does not hold',
    all(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: "1"}\n',
      pod('x', 'a: b', '{containers: [{name: c, env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: b}}}]}]}'),
    ),
    ['reference.keyMissing at spec.containers[0].env[0].valueFrom.configMapKeyRef.name'],
  ],
  [
    'a selector beside its template',
    deployment('web', 'app: web', 'app: other'),
    ['selector.doesNotMatchTemplate at spec.selector'],
  ],
  ['a Deployment and its own template', deployment('web', 'app: web', 'app: web'), []],
  [
    'two Deployments with one selector',
    all(deployment('a', 'app: web', 'app: web'), deployment('b', 'app: web', 'app: web')),
    ['selector.overlaps at spec.selector', 'selector.overlaps at spec.selector'],
  ],
  ['a backend port the Service has', all(web, webPod, ingress('i', '/', '{number: 80}')), []],
  [
    'a backend port the Service has not',
    all(web, webPod, ingress('i', '/', '{name: https}')),
    ['backend.portMissing at spec.rules[0].http.paths[0].backend.service.name'],
  ],
  [
    'two Ingresses for one path',
    all(web, webPod, ingress('i', '/', '{number: 80}'), ingress('j', '/', '{number: 80}')),
    ['ingress.sameRoute at spec.rules[0].http.paths[0]'],
  ],
  [
    'a probe at a port without that name',
    pod('x', 'a: b', '{containers: [{name: c, readinessProbe: {httpGet: {port: web}}}]}'),
    ['probe.portMissing at spec.containers[0].readinessProbe.httpGet.port'],
  ],
  [
    'a mount without its volume',
    pod('x', 'a: b', '{containers: [{name: c, volumeMounts: [{name: data, mountPath: /d}]}]}'),
    ['volumeMount.volumeMissing at spec.containers[0].volumeMounts[0].name'],
  ],
  [
    'two autoscalers of one Deployment',
    all(
      deployment('web', 'app: web', 'app: web').replace('replicas: 1, ', ''),
      ...['a', 'b'].map(
        (name) =>
          `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: ${name}}\nspec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n`,
      ),
    ),
    ['autoscaler.sameTarget at spec.scaleTargetRef.name'],
  ],
  [
    'a claim of one Node in many hands',
    all(
      claim('ReadWriteOnce'),
      deployment('web', 'app: web', 'app: web', 3).replace(
        plain,
        '{volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]}',
      ),
    ),
    ['claim.usedByMany at spec.template.spec.volumes[0].persistentVolumeClaim.claimName'],
  ],
  [
    'the same object twice',
    all(claim('ReadWriteMany'), claim('ReadWriteMany')),
    ['identity.duplicate at metadata.name'],
  ],
  [
    'a version that is no longer served',
    'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: x}\nspec: {}\n',
    ['apiVersion.removed at apiVersion'],
  ],
  [
    'a policy for every Pod of a namespace without Pods',
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny}\nspec: {podSelector: {}}\n',
    [],
  ],
  [
    'a policy that lets the Pods ask the DNS of the cluster',
    all(
      webPod,
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: dns}\nspec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]}]}\n',
    ),
    [],
  ],
  [
    'a claim and a volume of a class that is only a word',
    all(
      'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: v}\nspec: {storageClassName: manual}\n',
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: {storageClassName: manual}\n',
    ),
    [],
  ],
  [
    'one Secret that several fields name and nobody has',
    pod(
      'x',
      'a: b',
      '{volumes: [{name: v, secret: {secretName: absent, items: [{key: a, path: a}, {key: b, path: b}]}}]}',
    ),
    ['reference.missing at spec.volumes[0].secret.secretName'],
  ],
  [
    'a key of one of two versions of a ConfigMap',
    all(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: "1"}\n',
      pod('x', 'a: b', '{containers: [{name: c, env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: b}}}]}]}'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {b: "1"}\n',
    ),
    ['identity.duplicate at metadata.name'],
  ],
  [
    'a probe at a port of another container',
    pod(
      'x',
      'a: b',
      '{containers: [{name: c, ports: [{name: web, containerPort: 80}]}, {name: d, readinessProbe: {httpGet: {port: web}}}]}',
    ),
    ['probe.portMissing at spec.containers[1].readinessProbe.httpGet.port'],
  ],
  [
    'a port name of another protocol',
    all(
      service('app: x', '{port: 53, targetPort: dns}'),
      pod('x', 'app: x', '{containers: [{name: c, ports: [{name: dns, containerPort: 53, protocol: UDP}]}]}'),
    ),
    ['service.portNotListened at spec.ports[0].targetPort'],
  ],
  [
    'a port name of a sidecar, and one of an init container that ends',
    all(
      service('app: x', '{port: 80, targetPort: side}, {port: 81, targetPort: init}'),
      pod(
        'x',
        'app: x',
        '{initContainers: [{name: s, restartPolicy: Always, ports: [{name: side, containerPort: 80}]}, {name: i, ports: [{name: init, containerPort: 81}]}], containers: [{name: c}]}',
      ),
    ),
    ['service.portNotListened at spec.ports[1].targetPort'],
  ],
  [
    'a Service for one Pod of a StatefulSet',
    all(
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {replicas: 1, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c}]}}}\n',
      service('statefulset.kubernetes.io/pod-name: db-0', '{port: 80}'),
    ),
    [],
  ],
  [
    'a namespace that is not there',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\n',
    ['namespace.missing at metadata.namespace'],
  ],
  [
    'a route into another namespace without a grant',
    all(namespaceA, web, webPod, crossRoute, grant('b')),
    ['grant.missing at spec.rules[0].backendRefs[0].name'],
  ],
  ['a route into another namespace with its grant', all(namespaceA, web, webPod, crossRoute, grant('a')), []],
  [
    'a namespace that every cluster has',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: kube-system}\n',
    [],
  ],
];

describe('problems between objects', () => {
  it.each(cases)('finds what is wrong with %s', (_what, text, expected) => {
    expect(problemsOf(text).map(({ id, field }) => `${id} at ${formatFieldPath(field)}`)).toEqual(expected);
  });

  it('finds the one thing that the example lacks', () => {
    const text = readFileSync(new URL('../../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');
    const errors = problemsOf(text).filter(({ severity }) => severity !== 'info');
    expect(errors.map(({ id, params }) => [id, params['name']])).toEqual([['reference.missing', 'web-tls']]);
    expect(designOf(text).records.size).toBe(13);
  });
});
