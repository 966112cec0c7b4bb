import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import { formatGroupKind } from '../apimachinery/group-version-kind.ts';
import { validateIp } from '../apimachinery/ip-validation.ts';
import {
  validateDns1123Label,
  validateDns1123Subdomain,
  validatePathSegmentName,
  validatePathSegmentPrefix,
} from '../apimachinery/names.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import { stringAt } from '../base/json.ts';
import type { ObjectMetaRules, ValidateName } from './shared/validation/object-meta.ts';
import { nameIs } from './shared/validation/object-meta.ts';

/** What a kind asks of metadata, and when: most say it first, some leave it to the check that all kinds share. */
export interface MetadataRules extends Omit<ObjectMetaRules, 'namespaced'> {
  /** Looked at only where the kind's own validation found nothing. */
  readonly last: boolean;
  /** What the kind's validation of an update looks at, in order, after what every kind is asked. */
  readonly update: readonly UpdateStep[];
}

/** All of the metadata, the change of the metadata, and the two functions of a strategy. */
export type UpdateStep = 'metadata' | 'metadataChange' | 'validate' | 'validateUpdate';

const CHANGE_FIRST: readonly UpdateStep[] = ['metadataChange', 'validate', 'validateUpdate'];
const WHOLE_FIRST: readonly UpdateStep[] = ['metadata', 'validate', 'validateUpdate'];
const CHANGE_THEN_WHOLE: readonly UpdateStep[] = ['metadataChange', 'metadata', 'validate', 'validateUpdate'];
const WHOLE_THEN_CHANGE: readonly UpdateStep[] = ['metadata', 'validate', 'metadataChange', 'validateUpdate'];

const subdomain = nameIs(validateDns1123Subdomain);
const label = nameIs(validateDns1123Label);
const pathSegment: ValidateName = (name, prefix) =>
  prefix ? validatePathSegmentPrefix(name) : validatePathSegmentName(name);
/** Upstream's function for RBAC names takes no notice of prefixes. */
const wholePathSegment: ValidateName = (name) => validatePathSegmentName(name);

const USUAL: MetadataRules = {
  validateName: subdomain,
  standardFinalizers: true,
  last: false,
  update: CHANGE_FIRST,
};
const OWN_FINALIZERS: MetadataRules = { ...USUAL, standardFinalizers: false };
const LABEL: MetadataRules = { ...USUAL, validateName: label };
const PATH_SEGMENT: MetadataRules = { ...USUAL, validateName: wholePathSegment };
/** What every kind is asked. Source: staging/src/k8s.io/apiserver/pkg/registry/rest/create.go `BeforeCreate`, 1.36. */
export const COMMON_RULES: MetadataRules = {
  validateName: pathSegment,
  standardFinalizers: false,
  last: true,
  update: ['validate', 'validateUpdate'],
};
const ONLY_NAME: MetadataRules = {
  ...USUAL,
  // Declarative validation counts in bytes.
  validateName: nameIs((name) => validateDns1123Subdomain(name, 'bytes')),
  ignoresGenerateName: true,
};

/** Source: the calls of `ValidateObjectMeta` in pkg/apis/(group)/validation, 1.36; what is not here is `USUAL`. */
const RULES: Readonly<Record<string, MetadataRules>> = {
  Service: LABEL,
  Namespace: LABEL,
  ReplicationController: ONLY_NAME,
  Event: COMMON_RULES,
  'Event.events.k8s.io': COMMON_RULES,
  Binding: COMMON_RULES,
  'StatefulSet.apps': LABEL,
  'PodDisruptionBudget.policy': COMMON_RULES,
  'Eviction.policy': COMMON_RULES,
  'CertificateSigningRequest.certificates.k8s.io': PATH_SEGMENT,
  'Role.rbac.authorization.k8s.io': PATH_SEGMENT,
  'ClusterRole.rbac.authorization.k8s.io': PATH_SEGMENT,
  'RoleBinding.rbac.authorization.k8s.io': PATH_SEGMENT,
  'ClusterRoleBinding.rbac.authorization.k8s.io': PATH_SEGMENT,
  'DeviceClass.resource.k8s.io': ONLY_NAME,
  'IPAddress.networking.k8s.io': { ...USUAL, validateName: ipName },
  'RuntimeClass.node.k8s.io': OWN_FINALIZERS,
  'Lease.coordination.k8s.io': OWN_FINALIZERS,
  'LeaseCandidate.coordination.k8s.io': OWN_FINALIZERS,
  'MutatingWebhookConfiguration.admissionregistration.k8s.io': OWN_FINALIZERS,
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io': OWN_FINALIZERS,
  'MutatingAdmissionPolicy.admissionregistration.k8s.io': OWN_FINALIZERS,
  'MutatingAdmissionPolicyBinding.admissionregistration.k8s.io': OWN_FINALIZERS,
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io': OWN_FINALIZERS,
  'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io': OWN_FINALIZERS,
};

/** Source: the functions `Validate(Kind)Update` in pkg/apis/(group)/validation, 1.36; what is not here is `CHANGE_FIRST`. */
const UPDATES: Readonly<Record<string, readonly UpdateStep[]>> = {
  ConfigMap: CHANGE_THEN_WHOLE,
  Endpoints: CHANGE_THEN_WHOLE,
  LimitRange: WHOLE_FIRST,
  Namespace: WHOLE_THEN_CHANGE,
  Node: WHOLE_THEN_CHANGE,
  PersistentVolume: ['metadata', 'validate', 'metadata', 'validateUpdate'],
  PersistentVolumeClaim: CHANGE_THEN_WHOLE,
  Pod: CHANGE_THEN_WHOLE,
  Secret: ['metadataChange', 'validateUpdate', 'metadata', 'validate'],
  ServiceAccount: CHANGE_THEN_WHOLE,
  'CertificateSigningRequest.certificates.k8s.io': WHOLE_THEN_CHANGE,
  'ClusterRole.rbac.authorization.k8s.io': WHOLE_THEN_CHANGE,
  'ClusterRoleBinding.rbac.authorization.k8s.io': WHOLE_THEN_CHANGE,
  'ControllerRevision.apps': CHANGE_THEN_WHOLE,
  'CSINode.storage.k8s.io': WHOLE_FIRST,
  'CSIStorageCapacity.storage.k8s.io': WHOLE_THEN_CHANGE,
  'DeviceClass.resource.k8s.io': ['metadata', 'metadataChange', 'validate', 'validateUpdate'],
  'EndpointSlice.discovery.k8s.io': WHOLE_FIRST,
  'FlowSchema.flowcontrol.apiserver.k8s.io': WHOLE_FIRST,
  'IngressClass.networking.k8s.io': ['metadataChange', 'validateUpdate', 'metadata', 'validate'],
  'IPAddress.networking.k8s.io': WHOLE_THEN_CHANGE,
  'Job.batch': WHOLE_THEN_CHANGE,
  'MutatingAdmissionPolicy.admissionregistration.k8s.io': WHOLE_FIRST,
  'MutatingAdmissionPolicyBinding.admissionregistration.k8s.io': WHOLE_FIRST,
  'MutatingWebhookConfiguration.admissionregistration.k8s.io': WHOLE_FIRST,
  'PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io': WHOLE_FIRST,
  'ResourceClaim.resource.k8s.io': ['metadata', 'metadataChange', 'validateUpdate'],
  'ResourceClaimTemplate.resource.k8s.io': WHOLE_THEN_CHANGE,
  'Role.rbac.authorization.k8s.io': WHOLE_THEN_CHANGE,
  'RoleBinding.rbac.authorization.k8s.io': WHOLE_THEN_CHANGE,
  'RuntimeClass.node.k8s.io': WHOLE_THEN_CHANGE,
  'StorageClass.storage.k8s.io': WHOLE_THEN_CHANGE,
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io': WHOLE_FIRST,
  'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io': WHOLE_FIRST,
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io': WHOLE_FIRST,
  'VolumeAttachment.storage.k8s.io': WHOLE_FIRST,
  'VolumeAttributesClass.storage.k8s.io': ['metadataChange', 'validateUpdate', 'metadata', 'validate'],
};

/** Reviews answer a question and are never stored: nobody looks at their metadata. */
const REVIEW_GROUPS: ReadonlySet<string> = new Set(['authentication.k8s.io', 'authorization.k8s.io']);

/** The rules for the metadata of an object of a built-in kind; undefined where there are none. */
export function metadataRulesOf(kind: GroupKind, object: KubernetesObject): MetadataRules | undefined {
  if (REVIEW_GROUPS.has(kind.group)) return undefined;
  const name = formatGroupKind(kind);
  if (name === 'APIService.apiregistration.k8s.io')
    return { ...OWN_FINALIZERS, validateName: apiServiceName(object), update: CHANGE_THEN_WHOLE };
  if (name === 'CustomResourceDefinition.apiextensions.k8s.io')
    return { ...OWN_FINALIZERS, validateName: definitionName(object) };
  const rules = (Object.hasOwn(RULES, name) ? RULES[name] : undefined) ?? USUAL;
  const update = Object.hasOwn(UPDATES, name) ? UPDATES[name] : undefined;
  return update === undefined ? rules : { ...rules, update };
}

/** Names of custom resources. Source: apiextensions-apiserver/pkg/registry/customresource/validator.go, 1.36. */
export const CUSTOM_RESOURCE_RULES: MetadataRules = OWN_FINALIZERS;

function apiServiceName(object: KubernetesObject): ValidateName {
  const wanted = `${stringAt(object, 'spec', 'version') ?? ''}.${stringAt(object, 'spec', 'group') ?? ''}`;
  return (name) => {
    const problems = validatePathSegmentName(name);
    if (problems.length > 0) return problems;
    return name === wanted ? [] : [`must be \`spec.version+"."+spec.group\`: ${quoteString(wanted)}`];
  };
}

function definitionName(object: KubernetesObject): ValidateName {
  const wanted = `${stringAt(object, 'spec', 'names', 'plural') ?? ''}.${stringAt(object, 'spec', 'group') ?? ''}`;
  return (name, prefix) => {
    const problems = [...subdomain(name, prefix)];
    if (name !== wanted) problems.push('must be spec.names.plural+"."+spec.group');
    return problems;
  };
}

function ipName(name: string): readonly string[] {
  return validateIp(name);
}
