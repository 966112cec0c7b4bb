import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { isRefusal } from '../../field-edit.ts';
import type { KindDefinition } from '../../kind.ts';
import type { Reference } from '../../reference.ts';
import { namespaceOrDefault } from '../name-reference.ts';
import { applyEdits, connected } from '../testing/apply-edits.ts';
import { busyPodSpec } from '../testing/busy-pod-spec.ts';
import { expectConnects, expectExactDisconnects } from '../testing/gesture-laws.ts';
import { WORKLOAD_TARGETS } from '../testing/targets.ts';
import { podTemplateReferences } from './pod-spec.references.ts';
import { POD_ITSELF } from './pod-template.ts';
import { podTemplateGestures } from './workload.ts';

/** A Pod without the rest of its kind. */
const definition: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  resource: 'pods',
  shortNames: [],
  scope: 'Namespaced',
  category: 'workload',
  newObject: () => podOf({}),
  references: (object) => podTemplateReferences(object, POD_ITSELF, namespaceOrDefault(object)),
  ...podTemplateGestures(POD_ITSELF),
};

function podOf(spec: JsonObject, annotations: JsonObject = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop', annotations }, spec };
}

const busy = podOf(busyPodSpec, { 'k8s.v1.cni.cncf.io/networks': 'macvlan, infra/storage@eth1' });

const sameField = (a: Reference, b: Reference, depth: number) =>
  JSON.stringify(a.field.slice(0, depth)) === JSON.stringify(b.field.slice(0, depth));

const isAccount = ({ type }: Reference) => type === 'serviceAccount';

const arrow = (id: string, target: KubernetesObject) =>
  definition.connections!.find(({ id: own, to }) => own === id && to !== 'podTemplate' && to.kind === target.kind)!;

describe('taking a reference away', () => {
  /** Sources that a volume cannot be without. */
  const required = ['csiDriver', 'secretProviderClass', 'azureFile', 'scaleIO', 'targetPortal', 'rbd.monitors'];

  it('leaves every other one, but those of a volume that cannot do without it', () => {
    const refusals = expectExactDisconnects(definition, busy, (removed, other) => {
      if (isAccount(removed)) return isAccount(other);
      // Both terms of one affinity rule stand in one entry.
      if (removed.type === 'podAffinity' && other.type === 'podAffinity') return sameField(removed, other, 5);
      const volume = removed.field[1] === 'volumes' && sameField(removed, other, 3);
      return volume && required.some((word) => `${removed.type}.${removed.field.join('.')}`.includes(word));
    });
    expect(refusals).toEqual([
      'image spec.initContainers[0].image -> image busybox:1.37: disconnect.required',
      'image spec.containers[0].image -> image registry.example.com:5000/acme/web:1.4: disconnect.required',
      'image spec.ephemeralContainers[0].image -> image busybox: disconnect.required',
    ]);
  });

  it.each<[string, (reference: Reference) => boolean, JsonObject, JsonObject]>([
    [
      'a volume goes with its mounts in all containers',
      ({ type }) => type === 'volume',
      {
        initContainers: [{ name: 'i', volumeMounts: [{ name: 'a', mountPath: '/a' }] }],
        containers: [
          {
            name: 'c',
            volumeMounts: [
              { name: 'a', mountPath: '/a' },
              { name: 'b', mountPath: '/b' },
              { name: 'a', mountPath: '/c' },
            ],
          },
        ],
        volumes: [
          { name: 'a', configMap: { name: 'x' } },
          { name: 'b', emptyDir: {} },
        ],
      },
      {
        initContainers: [{ name: 'i' }],
        containers: [{ name: 'c', volumeMounts: [{ name: 'b', mountPath: '/b' }] }],
        volumes: [{ name: 'b', emptyDir: {} }],
      },
    ],
    [
      'a block device goes with its devices',
      ({ type }) => type === 'claim',
      {
        containers: [{ name: 'c', volumeDevices: [{ name: 'a', devicePath: '/dev/a' }] }],
        volumes: [{ name: 'a', persistentVolumeClaim: { claimName: 'x' } }],
      },
      { containers: [{ name: 'c' }] },
    ],
    [
      'one key of several goes alone',
      ({ key }) => key === 'x',
      {
        volumes: [
          {
            name: 'a',
            secret: {
              secretName: 's',
              items: [
                { key: 'x', path: 'x' },
                { key: 'y', path: 'y' },
              ],
            },
          },
        ],
      },
      { volumes: [{ name: 'a', secret: { secretName: 's', items: [{ key: 'y', path: 'y' }] } }] },
    ],
    [
      'the last environment variable goes with its list',
      ({ type }) => type === 'env',
      { containers: [{ name: 'c', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }] },
      { containers: [{ name: 'c' }] },
    ],
    [
      'the last rule of an affinity goes with the affinity',
      ({ type }) => type === 'podAntiAffinity',
      {
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'z', labelSelector: {} }],
          },
        },
      },
      {},
    ],
    [
      'a priority class goes with the number that it gave',
      ({ type }) => type === 'priorityClass',
      { priorityClassName: 'gold', priority: 10, containers: [] },
      { containers: [] },
    ],
    [
      'a claimed device goes with its use',
      ({ type }) => type === 'resourceClaim',
      {
        containers: [{ name: 'c', resources: { claims: [{ name: 'gpu' }] } }],
        resourceClaims: [{ name: 'gpu', resourceClaimName: 'x' }],
      },
      { containers: [{ name: 'c', resources: {} }] },
    ],
    [
      'a required Secret of a volume goes with the volume',
      ({ type }) => type === 'secretReference',
      { volumes: [{ name: 'a', azureFile: { secretName: 's', shareName: 'x' } }] },
      {},
    ],
    [
      'a Secret that a volume can do without goes alone',
      ({ type }) => type === 'secretReference',
      { volumes: [{ name: 'a', csi: { driver: 'd', nodePublishSecretRef: { name: 's' } } }] },
      { volumes: [{ name: 'a', csi: { driver: 'd' } }] },
    ],
  ])('%s', (_, wanted, before, after) => {
    const object = podOf(before);
    const reference = definition.references(object).find(wanted)!;
    expect(applyEdits(object, definition.disconnect!(object, reference))).toEqual(podOf(after));
  });

  it('takes one network of several out of the annotation', () => {
    const [first, second] = definition.references(podOf({}, { 'k8s.v1.cni.cncf.io/networks': 'a, infra/b@eth1' }));
    const object = podOf({}, { 'k8s.v1.cni.cncf.io/networks': 'a, infra/b@eth1' });
    expect(definition.disconnect!(object, first!)).toMatchObject([{ op: 'set', value: 'infra/b@eth1' }]);
    expect(definition.disconnect!(object, second!)).toMatchObject([{ op: 'set', value: 'a' }]);
  });
});

describe('drawing an arrow', () => {
  it.each<[string, JsonObject, string]>([
    ['plain', { containers: [{ name: 'web', image: 'web' }] }, 'kubernetes.io/hostname in (new-node)'],
    [
      'busy',
      { ...busyPodSpec, nodeSelector: {} },
      'arch in (arm64),cores>8,kubernetes.io/hostname in (new-node) or kubernetes.io/hostname in (new-node) fields metadata.name in (w2)',
    ],
  ])('from a %s Pod', (_, spec, required) => {
    expect(
      expectConnects(definition, podOf(spec), WORKLOAD_TARGETS).map((line) => line.replace(/\[\d+\]/g, '[]')),
    ).toEqual([
      'envFrom ConfigMap: envFrom spec.containers[].envFrom[].configMapRef.name -> ConfigMap/shop/new.config',
      'mount ConfigMap: volume spec.volumes[].configMap.name -> ConfigMap/shop/new.config',
      'env ConfigMap: env spec.containers[].env[].valueFrom.configMapKeyRef.name -> ConfigMap/shop/new.config key=MODE',
      'pullSecret Secret: connect.noMeaning',
      'envFrom Secret: envFrom spec.containers[].envFrom[].secretRef.name -> Secret/shop/new-secret',
      'mount Secret: volume spec.volumes[].secret.secretName -> Secret/shop/new-secret',
      'env Secret: env spec.containers[].env[].valueFrom.secretKeyRef.name -> Secret/shop/new-secret key=password',
      'pullSecret Secret: imagePullSecret spec.imagePullSecrets[].name -> Secret/shop/new-pull',
      'envFrom Secret: connect.noMeaning',
      'mount Secret: volume spec.volumes[].secret.secretName -> Secret/shop/new-pull',
      'env Secret: connect.noMeaning',
      'mount PersistentVolumeClaim: claim spec.volumes[].persistentVolumeClaim.claimName -> PersistentVolumeClaim/shop/new-claim',
      'runAs ServiceAccount: serviceAccount spec.serviceAccountName -> ServiceAccount/shop/new-account',
      'priority PriorityClass: priorityClass spec.priorityClassName -> PriorityClass.scheduling.k8s.io//new-priority',
      'runtime RuntimeClass: runtimeClass spec.runtimeClassName -> RuntimeClass.node.k8s.io//new-runtime',
      'place Node: nodeSelector spec.nodeSelector -> Node kubernetes.io/hostname=new-node in all',
      `require Node: nodeAffinity spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms -> Node ${required} in all`,
      'prefer Node: nodeAffinity spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[].preference -> Node kubernetes.io/hostname in (new-node) in all optional',
      'tolerate Node: connect.noTaint',
      'claimDevice ResourceClaim: resourceClaim spec.resourceClaims[].resourceClaimName -> ResourceClaim.resource.k8s.io/shop/new-device',
      'claimDevice ResourceClaimTemplate: resourceClaim spec.resourceClaims[].resourceClaimTemplateName -> ResourceClaimTemplate.resource.k8s.io/shop/new-template',
    ]);
  });

  const configMap: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'my.conf', namespace: 'shop' },
    data: { 'db.url': 'x', '2nd': 'y' },
  };

  it('writes what a careful engineer would', () => {
    let pod = podOf({ containers: [{ name: 'web', volumeMounts: [{ name: 'x', mountPath: '/etc/my-conf' }] }] });
    for (const id of ['mount', 'env', 'env', 'envFrom']) {
      pod = connected(pod, arrow(id, configMap).connect(pod, configMap)) as KubernetesObject;
    }
    expect(pod).toEqual(
      podOf({
        containers: [
          {
            name: 'web',
            volumeMounts: [
              { name: 'x', mountPath: '/etc/my-conf' },
              { name: 'my-conf', mountPath: '/etc/my-conf-2', readOnly: true },
            ],
            env: [
              { name: '_2ND', valueFrom: { configMapKeyRef: { name: 'my.conf', key: '2nd' } } },
              { name: 'DB_URL', valueFrom: { configMapKeyRef: { name: 'my.conf', key: 'db.url' } } },
            ],
            envFrom: [{ configMapRef: { name: 'my.conf' } }],
          },
        ],
        volumes: [{ name: 'my-conf', configMap: { name: 'my.conf' } }],
      }),
    );
    expect(arrow('env', configMap).connect(pod, configMap)).toEqual({ refused: 'connect.already' });
  });

  it('uses a volume that is there but not mounted', () => {
    const pod = podOf({ containers: [{ name: 'web' }], volumes: [{ name: 'v', configMap: { name: 'my.conf' } }] });
    const result = connected(pod, arrow('mount', configMap).connect(pod, configMap));
    expect(result).toMatchObject({
      spec: { volumes: [{ name: 'v' }], containers: [{ volumeMounts: [{ name: 'v', mountPath: '/etc/my-conf' }] }] },
    });
  });

  it('mounts a block claim as a device', () => {
    const claim: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'raw', namespace: 'shop' },
      spec: { volumeMode: 'Block' },
    };
    const pod = podOf({ containers: [{ name: 'web' }] });
    expect(connected(pod, arrow('mount', claim).connect(pod, claim))).toMatchObject({
      spec: { containers: [{ volumeDevices: [{ name: 'raw', devicePath: '/dev/raw' }] }] },
    });
  });

  it('labels a Node that has no host name yet', () => {
    const node: KubernetesObject = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'w1' } };
    const edits = arrow('place', node).connect(podOf({}), node);
    expect(isRefusal(edits) ? [] : edits.target).toEqual([
      { op: 'set', path: ['metadata', 'labels', 'kubernetes.io/hostname'], value: 'w1' },
    ]);
  });

  it.each<[string, KubernetesObject, KubernetesObject, string]>([
    [
      'another namespace',
      podOf({ containers: [{}] }),
      { ...configMap, metadata: { name: 'c' } },
      'connect.otherNamespace',
    ],
    ['no container', podOf({}), configMap, 'connect.noContainer'],
    ['no spec', { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'shop' } }, configMap, 'connect.noContainer'],
  ])('is refused: %s', (_, source, target, refused) => {
    expect(arrow('envFrom', target).connect(source, target)).toMatchObject({ refused });
  });
});
