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
}

const subdomain = nameIs(validateDns1123Subdomain);
const label = nameIs(validateDns1123Label);
const pathSegment: ValidateName = (name, prefix) =>
  prefix ? validatePathSegmentPrefix(name) : validatePathSegmentName(name);
/** Upstream's function for RBAC names takes no notice of prefixes. */
const wholePathSegment: ValidateName = (name) => validatePathSegmentName(name);

const USUAL: MetadataRules = { validateName: subdomain, standardFinalizers: true, last: false };
const OWN_FINALIZERS: MetadataRules = { ...USUAL, standardFinalizers: false };
const LABEL: MetadataRules = { ...USUAL, validateName: label };
const PATH_SEGMENT: MetadataRules = { ...USUAL, validateName: wholePathSegment };
/** What every kind is asked. Source: staging/src/k8s.io/apiserver/pkg/registry/rest/create.go `BeforeCreate`, 1.36. */
export const COMMON_RULES: MetadataRules = { validateName: pathSegment, standardFinalizers: false, last: true };
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

/** Reviews answer a question and are never stored: nobody looks at their metadata. */
const REVIEW_GROUPS: ReadonlySet<string> = new Set(['authentication.k8s.io', 'authorization.k8s.io']);

/** The rules for the metadata of an object of a built-in kind; undefined where there are none. */
export function metadataRulesOf(kind: GroupKind, object: KubernetesObject): MetadataRules | undefined {
  if (REVIEW_GROUPS.has(kind.group)) return undefined;
  const name = formatGroupKind(kind);
  if (name === 'APIService.apiregistration.k8s.io') return { ...OWN_FINALIZERS, validateName: apiServiceName(object) };
  if (name === 'CustomResourceDefinition.apiextensions.k8s.io')
    return { ...OWN_FINALIZERS, validateName: definitionName(object) };
  return Object.hasOwn(RULES, name) ? RULES[name] : USUAL;
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
