import type { JsonObject, Path } from '../../../base/json.ts';
import { arrayAt, asObject, stringAt, valueAt } from '../../../base/json.ts';
import type { Reference } from '../../reference.ts';
import { SERVICE_ACCOUNT } from '../core-kinds.ts';
import { clusterScoped, referenceByName, secretIn } from '../written-reference.ts';
import { containerReferences, deviceClassReferences } from './container.references.ts';
import { containersOf } from './containers.ts';
import { NETWORK_ANNOTATIONS, networkReferences } from './network-annotation.ts';
import { podTemplateAt } from './pod-template.ts';
import { schedulingReferences } from './scheduling.references.ts';
import { serviceAccountNameOf } from './service-account.ts';
import { volumeReferences } from './volume.references.ts';

/** Everything that the template of Pods at a path points at: its spec and the annotations that name networks. */
export function podTemplateReferences(object: JsonObject, templatePath: Path, namespace: string): readonly Reference[] {
  const template = podTemplateAt(object, templatePath);
  const annotations = [...templatePath, 'metadata', 'annotations'];
  return [
    ...(template ? podSpecReferences(template.spec, template.specPath, namespace, template.labels) : []),
    ...NETWORK_ANNOTATIONS.flatMap((annotation) => {
      const text = stringAt(object, ...annotations, annotation);
      return text === undefined ? [] : networkReferences(text, [...annotations, annotation], namespace);
    }),
  ];
}

const NO_LABELS: ReadonlyMap<string, string> = new Map();

/**
 * Everything that a Pod spec points at. `specPath` is where it stands in its object, `namespace` where its Pods run,
 * `labels` what they bear. Source: core/v1 PodSpec, 1.36.
 */
export function podSpecReferences(
  spec: JsonObject,
  specPath: Path,
  namespace: string,
  labels: ReadonlyMap<string, string> = NO_LABELS,
): readonly Reference[] {
  return [
    ...containersOf(spec, specPath).flatMap(({ container, path }) => containerReferences(container, path, namespace)),
    ...arrayAt(spec, 'volumes').flatMap((item, index) => {
      const volume = asObject(item);
      return volume ? volumeReferences(volume, [...specPath, 'volumes', index], namespace) : [];
    }),
    ...arrayAt(spec, 'imagePullSecrets').flatMap((item, index) =>
      referenceByName(
        'imagePullSecret',
        valueAt(item, 'name'),
        [...specPath, 'imagePullSecrets', index, 'name'],
        secretIn(namespace),
      ),
    ),
    ...accountReferences(spec, specPath, namespace),
    ...CLUSTER_FIELDS.flatMap(([type, field, group, kind]) =>
      referenceByName(type, spec[field], [...specPath, field], clusterScoped(group, kind)),
    ),
    // DNS names of Pods need a headless Service of this name; without one nothing breaks.
    ...referenceByName(
      'governingService',
      spec['subdomain'],
      [...specPath, 'subdomain'],
      { group: '', kind: 'Service', namespace },
      { optional: true },
    ),
    ...deviceClassReferences(spec['resources'], [...specPath, 'resources']),
    ...deviceClaimReferences(spec, specPath, namespace),
    ...podGroupReferences(spec, specPath, namespace),
    ...schedulingReferences(spec, specPath, namespace, labels),
  ];
}

/** Fields that name a cluster-scoped object. */
const CLUSTER_FIELDS = [
  ['priorityClass', 'priorityClassName', 'scheduling.k8s.io', 'PriorityClass'],
  ['runtimeClass', 'runtimeClassName', 'node.k8s.io', 'RuntimeClass'],
  ['node', 'nodeName', '', 'Node'],
] as const;

/** The server writes both fields of the account alike, so both may name it, and a rename edits both. */
function accountReferences(spec: JsonObject, specPath: Path, namespace: string): readonly Reference[] {
  const account = serviceAccountNameOf(spec);
  return (['serviceAccountName', 'serviceAccount'] as const)
    .filter((field) => spec[field] === account)
    .flatMap((field) =>
      referenceByName('serviceAccount', account, [...specPath, field], { ...SERVICE_ACCOUNT, namespace }),
    );
}

/** Devices: claims and templates of claims. Until 1.30 their names stood below `source`. */
function deviceClaimReferences(spec: JsonObject, specPath: Path, namespace: string): readonly Reference[] {
  const kinds = [
    ['resourceClaimName', 'ResourceClaim'],
    ['resourceClaimTemplateName', 'ResourceClaimTemplate'],
  ] as const;
  return arrayAt(spec, 'resourceClaims').flatMap((claim, index) =>
    kinds.flatMap(([field, kind]) =>
      [[field], ['source', field]].flatMap((steps) =>
        referenceByName('resourceClaim', valueAt(claim, ...steps), [...specPath, 'resourceClaims', index, ...steps], {
          group: 'resource.k8s.io',
          kind,
          namespace,
        }),
      ),
    ),
  );
}

/** Pods that are scheduled together: `schedulingGroup`, which was `workloadRef` in 1.35. Both are alpha. */
function podGroupReferences(spec: JsonObject, specPath: Path, namespace: string): readonly Reference[] {
  const group = 'scheduling.k8s.io';
  return [
    ...referenceByName(
      'custom',
      valueAt(spec, 'schedulingGroup', 'podGroupName'),
      [...specPath, 'schedulingGroup', 'podGroupName'],
      { group, kind: 'PodGroup', namespace },
    ),
    ...referenceByName('custom', valueAt(spec, 'workloadRef', 'name'), [...specPath, 'workloadRef', 'name'], {
      group,
      kind: 'Workload',
      namespace,
    }),
  ];
}
