import type { JsonValue } from '../../base/json.ts';

const PATHS = {
  paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'example', port: { number: 80 } } } }],
};
const WEBHOOK = {
  name: 'second.example.com',
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
  clientConfig: { service: { namespace: 'default', name: 'example' } },
};
const CLAIM = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const UTILIZATION = { type: 'Utilization', averageUtilization: 80 };
const AVERAGE = { type: 'AverageValue', averageValue: '100' };
const EXPRESSION = { expression: 'true' };
const JSON_PATCH = '[JSONPatch{op: "add", path: "/metadata/labels/example", value: "example"}]';
const OPAQUE = { opaque: { driver: 'example.com', parameters: {} } };

/**
 * What a struct begins as where the words of the server do not lead there: values between which there are rules. By the
 * type's name in the schema; the first that is accepted is taken.
 */
export const USUAL_STRUCTS: Readonly<Record<string, readonly JsonValue[]>> = {
  'v1.EphemeralVolumeSource': [
    {
      volumeClaimTemplate: { spec: CLAIM },
    },
  ],
  'v1.ISCSIVolumeSource': [{ targetPortal: '192.0.2.1:3260', iqn: 'iqn.2026-01.com.example:storage', lun: 0 }],
  'v1.ISCSIPersistentVolumeSource': [
    { targetPortal: '192.0.2.1:3260', iqn: 'iqn.2026-01.com.example:storage', lun: 0 },
  ],
  'v1.QuobyteVolumeSource': [{ registry: 'example.com:7861', volume: 'example' }],
  'v1.GCEPersistentDiskVolumeSource': [{ pdName: 'example' }],
  'v1.ServiceAccountTokenProjection': [{ path: 'token' }],
  'v1.DownwardAPIVolumeFile': [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }],
  'v1.EnvFromSource': [{ configMapRef: { name: 'example' } }],
  'v1.ContainerResizePolicy': [
    { resourceName: 'cpu', restartPolicy: 'NotRequired' },
    { resourceName: 'memory', restartPolicy: 'NotRequired' },
  ],
  'v1.Taint': [{ key: 'example.com/dedicated', value: 'example', effect: 'NoSchedule' }],
  'v1.ResourceFieldSelector': [{ containerName: 'example', resource: 'limits.cpu' }],
  'v1.ScaleIOPersistentVolumeSource': [
    { gateway: 'https://example.com', system: 'example', volumeName: 'example', secretRef: { name: 'example' } },
  ],
  'v1.PodOS': [{ name: 'linux' }],
  'v1.NodeSelectorRequirement': [
    { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
    { key: 'metadata.name', operator: 'In', values: ['example'] },
  ],
  'meta/v1.OwnerReference': [
    { apiVersion: 'v1', kind: 'ConfigMap', name: 'example', uid: '00000000-0000-0000-0000-000000000000' },
  ],
  'networking.k8s.io/v1.HTTPIngressRuleValue': [PATHS],
  'networking.k8s.io/v1.HTTPIngressPath': [...PATHS.paths],
  'autoscaling/v2.MetricSpec': ['cpu', 'memory'].map((name) => ({
    type: 'Resource',
    resource: { name, target: UTILIZATION },
  })),
  'autoscaling/v2.ContainerResourceMetricSource': [{ name: 'cpu', container: 'example', target: UTILIZATION }],
  'autoscaling/v2.ResourceMetricSource': [{ name: 'cpu', target: UTILIZATION }],
  'autoscaling/v2.PodsMetricSource': [{ metric: { name: 'example' }, target: AVERAGE }],
  'autoscaling/v2.ExternalMetricSource': [{ metric: { name: 'example' }, target: AVERAGE }],
  'autoscaling/v2.ObjectMetricSource': [
    {
      describedObject: { apiVersion: 'v1', kind: 'Service', name: 'example' },
      metric: { name: 'example' },
      target: { type: 'Value', value: '100' },
    },
  ],
  'networking.k8s.io/v1.IngressServiceBackend': [{ name: 'example', port: { number: 80 } }],
  'flowcontrol.apiserver.k8s.io/v1.ServiceAccountSubject': [{ namespace: 'default', name: 'default' }],
  'apiextensions.k8s.io/v1.WebhookClientConfig': [{ service: { namespace: 'default', name: 'example' } }],
  'apiextensions.k8s.io/v1.WebhookConversion': [
    { conversionReviewVersions: ['v1'], clientConfig: { service: { namespace: 'default', name: 'example' } } },
  ],
  'admissionregistration.k8s.io/v1.ServiceReference': [{ namespace: 'default', name: 'example' }],
  'apiextensions.k8s.io/v1.ServiceReference': [{ namespace: 'default', name: 'example' }],
  'batch/v1.SuccessPolicy': [{ rules: [{ succeededCount: 1 }] }],
  'v1.PersistentVolumeClaim': [{ metadata: { name: 'data' }, spec: CLAIM }],
  'admissionregistration.k8s.io/v1.MutatingWebhook': [WEBHOOK],
  'admissionregistration.k8s.io/v1.ValidatingWebhook': [WEBHOOK],
  'admissionregistration.k8s.io/v1.MatchCondition': [{ name: 'example', ...EXPRESSION }],
  'admissionregistration.k8s.io/v1.Mutation': [
    { patchType: 'ApplyConfiguration', applyConfiguration: { expression: 'Object{}' } },
    { patchType: 'JSONPatch', jsonPatch: { expression: JSON_PATCH } },
  ],
  'admissionregistration.k8s.io/v1.JSONPatch': [{ expression: JSON_PATCH }],
  'admissionregistration.k8s.io/v1.ApplyConfiguration': [{ expression: 'Object{}' }],
  'v1.HTTPHeader': [{ name: 'X-Example', value: 'example' }],
  'v1.ScopedResourceSelectorRequirement': [{ scopeName: 'PriorityClass', operator: 'Exists' }],
  'v1.FileKeySelector': [{ volumeName: 'example', path: 'example', key: 'example' }],
  'apiextensions.k8s.io/v1.CustomResourceDefinitionVersion': [
    { name: 'v2', served: true, storage: false, schema: { openAPIV3Schema: { type: 'object' } } },
  ],
  'apiextensions.k8s.io/v1.CustomResourceSubresourceScale': [
    { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
  ],
  'apiextensions.k8s.io/v1.CustomResourceColumnDefinition': [
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
  'apiextensions.k8s.io/v1.SelectableField': [{ jsonPath: '.spec.example' }],
  'apiextensions.k8s.io/v1.ValidationRule': [{ rule: 'true' }],
  'flowcontrol.apiserver.k8s.io/v1.PolicyRulesWithSubjects': [
    {
      subjects: [{ kind: 'Group', group: { name: 'system:authenticated' } }],
      resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], clusterScope: true, namespaces: ['*'] }],
    },
  ],
  'resource.k8s.io/v1.DeviceClassConfiguration': [OPAQUE],
  'resource.k8s.io/v1.DeviceClaimConfiguration': [OPAQUE],
};
