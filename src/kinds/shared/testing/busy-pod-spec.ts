import type { JsonObject } from '../../../base/json.ts';

/** For tests: a Pod spec with every field that points at something, named so that each reference is told apart. */
export const busyPodSpec: JsonObject = {
  serviceAccountName: 'robot',
  serviceAccount: 'robot',
  nodeName: 'w1',
  priorityClassName: 'gold',
  priority: 1000,
  runtimeClassName: 'gvisor',
  subdomain: 'db',
  nodeSelector: { disk: 'ssd' },
  imagePullSecrets: [{ name: 'pull-a' }, { name: 'pull-b' }],
  schedulingGroup: { podGroupName: 'gang' },
  workloadRef: { name: 'team' },
  resourceClaims: [
    { name: 'gpu', resourceClaimName: 'gpu-claim' },
    { name: 'nic', resourceClaimTemplateName: 'nic-template' },
    { name: 'old', source: { resourceClaimName: 'old-claim' } },
  ],
  initContainers: [
    {
      name: 'init',
      image: 'busybox:1.37',
      env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'init-env', key: 'a', optional: true } } }],
      volumeMounts: [{ name: 'config', mountPath: '/config' }],
    },
  ],
  containers: [
    {
      name: 'web',
      image: 'registry.example.com:5000/acme/web:1.4',
      env: [
        { name: 'PLAIN', value: 'x' },
        { name: 'B', valueFrom: { configMapKeyRef: { name: 'web-env', key: 'b' } } },
        { name: 'C', valueFrom: { secretKeyRef: { name: 'web-secret', key: 'c' } } },
        { name: 'D', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      ],
      envFrom: [
        { configMapRef: { name: 'all-env' } },
        { prefix: 'S_', secretRef: { name: 'all-secret', optional: true } },
      ],
      resources: { claims: [{ name: 'gpu' }], limits: { 'deviceclass.resource.kubernetes.io/fpga': '1' } },
      volumeMounts: [
        { name: 'config', mountPath: '/etc/web' },
        { name: 'data', mountPath: '/data' },
      ],
    },
  ],
  ephemeralContainers: [{ name: 'debug', image: 'busybox', envFrom: [{ configMapRef: { name: 'debug-env' } }] }],
  volumes: [
    { name: 'config', configMap: { name: 'web-config' } },
    {
      name: 'keys',
      configMap: {
        name: 'key-config',
        optional: true,
        items: [
          { key: 'x', path: 'x' },
          { key: 'y', path: 'y' },
        ],
      },
    },
    { name: 'tls', secret: { secretName: 'web-tls', items: [{ key: 'tls.crt', path: 'crt' }] } },
    { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
    {
      name: 'all',
      projected: {
        sources: [
          { configMap: { name: 'p-config', items: [{ key: 'k', path: 'k' }] } },
          { secret: { name: 'p-secret', optional: true } },
          { serviceAccountToken: { path: 'token' } },
          { clusterTrustBundle: { name: 'roots', path: 'roots.pem' } },
          {
            clusterTrustBundle: {
              signerName: 'acme.io/ca',
              labelSelector: { matchLabels: { tier: 'root' } },
              path: 'ca.pem',
            },
          },
          { downwardAPI: { items: [] } },
        ],
      },
    },
    {
      name: 'scratch',
      ephemeral: {
        volumeClaimTemplate: {
          metadata: { annotations: { 'volume.beta.kubernetes.io/storage-class': 'older' } },
          spec: {
            storageClassName: 'fast',
            volumeAttributesClassName: 'gold-io',
            volumeName: 'pv-1',
            selector: { matchLabels: { zone: 'a' } },
            dataSource: { kind: 'PersistentVolumeClaim', name: 'origin' },
            dataSourceRef: {
              apiGroup: 'snapshot.storage.k8s.io',
              kind: 'VolumeSnapshot',
              name: 'snap',
              namespace: 'backup',
            },
          },
        },
      },
    },
    { name: 'csi', csi: { driver: 'csi.example.com', nodePublishSecretRef: { name: 'csi-secret' } } },
    { name: 'store', csi: { driver: 'secrets-store.csi.k8s.io', volumeAttributes: { secretProviderClass: 'vault' } } },
    { name: 'flex', flexVolume: { driver: 'acme/flex', secretRef: { name: 'flex-secret' } } },
    { name: 'azure', azureFile: { secretName: 'azure-secret', shareName: 's' } },
    { name: 'ceph', cephfs: { monitors: ['10.0.0.1:6789', '10.0.0.2:6789'], secretRef: { name: 'ceph-secret' } } },
    { name: 'rbd', rbd: { image: 'i', monitors: ['10.0.0.3:6789'], secretRef: { name: 'rbd-secret' } } },
    {
      name: 'iscsi',
      iscsi: {
        targetPortal: '10.0.0.4:3260',
        portals: ['10.0.0.5:3260'],
        iqn: 'q',
        lun: 0,
        secretRef: { name: 'iscsi-secret' },
      },
    },
    { name: 'cinder', cinder: { volumeID: 'v', secretRef: { name: 'cinder-secret' } } },
    { name: 'scale', scaleIO: { gateway: 'https://scale', system: 's', secretRef: { name: 'scale-secret' } } },
    { name: 'sos', storageos: { volumeName: 'v', secretRef: { name: 'sos-secret' } } },
    { name: 'nfs', nfs: { server: 'nfs.example.com', path: '/' } },
    { name: 'gluster', glusterfs: { endpoints: 'gluster', path: 'v' } },
    { name: 'quobyte', quobyte: { registry: 'quobyte:7861', volume: 'v' } },
    { name: 'git', gitRepo: { repository: 'https://git.example.com/x.git' } },
    { name: 'model', image: { reference: 'quay.io/acme/model:v1' } },
    { name: 'tmp', emptyDir: {} },
    { name: 'host', hostPath: { path: '/var/log' } },
  ],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'arch', operator: 'In', values: ['arm64'] },
              { key: 'cores', operator: 'Gt', values: ['8'] },
            ],
          },
          { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['w2'] }] },
          {},
        ],
      },
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, preference: { matchExpressions: [{ key: 'zone', operator: 'Exists' }] } },
      ],
    },
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'cache' } } },
        {
          topologyKey: 'zone',
          labelSelector: { matchLabels: { app: 'log' } },
          namespaces: ['infra'],
          namespaceSelector: { matchLabels: { team: 'ops' } },
        },
        { topologyKey: 'zone' },
      ],
    },
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 1,
          podAffinityTerm: {
            topologyKey: 'host',
            labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
            matchLabelKeys: ['track', 'absent'],
            namespaceSelector: {},
          },
        },
      ],
    },
  },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'web' } },
    },
  ],
  tolerations: [{ key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }, { operator: 'Exists' }],
};
