import type { ProblemSentences } from '../ids.ts';
import { fixes } from './fixes.ts';
import { customLints } from './custom-lints.ts';
import { lintConfiguration } from './lint-configuration.ts';
import { lints } from './lints.ts';

const sentences: ProblemSentences = {
  'reference.missing': '{{kind}} {{name}} does not exist here ({{type}}).',
  'reference.keyMissing': '{{kind}} {{name}} has no key {{key}}.',
  'reference.unknownKind': '{{kind}} {{name}}: nothing here defines this kind.',
  'selector.matchesNothing': 'The selector {{selector}} matches nothing.',
  'selector.doesNotMatchTemplate': 'The selector {{selector}} does not match the labels of its own template.',
  'selector.overlaps': '{{kind}} {{name}} selects the same Pods.',
  'service.portNotListened': 'No container of the selected Pods listens on {{targetPort}} (port {{port}}).',
  'backend.portMissing': '{{kind}} {{name}} has no port {{port}}.',
  'probe.portMissing': 'The {{probe}} asks for port {{port}}, which the container does not declare.',
  'volumeMount.volumeMissing': 'The volume {{volume}} is mounted and not declared.',
  'identity.duplicate': '{{identity}} is also in {{file}}; a cluster keeps only one.',
  'autoscaler.sameTarget': '{{other}} scales the same {{kind}} {{name}}.',
  'autoscaler.fightsReplicas':
    'replicas: {{replicas}} is written here and decided by the autoscaler {{autoscaler}}; each apply resets it.',
  'disruption.sameTarget': '{{other}} guards the same Pods; eviction refuses Pods with two budgets.',
  'ingress.sameRoute': '{{other}} has the same route {{host}}{{path}}.',
  'class.severalDefaults': '{{other}} is also marked as the default {{kind}}.',
  'policy.typeWarning': 'A cluster writes into the status of this policy that types do not fit: {{message}}',
  'webhook.asked':
    'Before these are stored, a cluster asks the webhook {{webhook}} about them ({{count}}): {{objects}}. What it answers is not known here.',
  'apiVersion.removed': '{{apiVersion}} is no longer served from Kubernetes {{release}} on; use {{replacement}}.',
  'apiVersion.removedForGood':
    '{{kind}} of {{apiVersion}} is no longer served from Kubernetes {{release}} on, and no other version takes its place.',
  'apiVersion.deprecated': '{{apiVersion}} is deprecated since Kubernetes {{release}}; use {{replacement}}.',
  'apiVersion.deprecatedForGood':
    '{{kind}} of {{apiVersion}} is deprecated since Kubernetes {{release}}, and no other version takes its place.',
  'apiVersion.tooNew': '{{kind}} of {{apiVersion}} is served from Kubernetes {{release}} on only.',
  'apiVersion.podSecurityPolicy':
    'PodSecurityPolicy is gone since Kubernetes 1.25: label namespaces with pod-security.kubernetes.io/enforce (baseline or restricted) instead; what those levels cannot say is for a ValidatingAdmissionPolicy.',
  'apiVersion.podPreset':
    'PodPreset is gone since Kubernetes 1.20: a MutatingAdmissionPolicy or an admission webhook can fill Pods in instead.',
  'apiVersion.componentStatus':
    'ComponentStatus is deprecated since Kubernetes 1.19: ask /livez and /readyz of the components instead.',
  'namespace.missing': 'The namespace {{namespace}} is not declared here.',
  'grant.missing': 'No ReferenceGrant in {{namespace}} allows pointing at {{kind}} {{name}}.',
  'claim.usedByMany': 'The claim {{claim}} ({{mode}}) is used by {{pods}} Pods.',
  'admission.refused': 'Applied to a cluster, this is refused by admission ({{plugin}}): {{message}}',
  'object.invalid': 'The API server refuses this: {{message}}',
  'object.immutable': 'A running cluster refuses this change of what was opened: {{message}}',
  'object.warning': 'The API server warns: {{message}}',
  'rehearsal.refused': 'The cluster that runs has refused this: {{message}}',
};

export const problems = {
  ...sentences,
  ...fixes,
  ...lints,
  ...customLints,
  ...lintConfiguration,
  'severity.error': 'Error',
  'severity.warning': 'Warning',
  'severity.info': 'Note',
  'source.server': 'API server',
  'source.admission': 'Admission',
  'source.between': 'Between objects',
  'source.version': 'Old APIs',
  'source.practice': 'Good practice',
  none: 'No problems found.',
  noneShown: 'No problem passes the filter.',
  showAll: 'Show all',
  filters: 'Filters',
  search: 'Filter problems',
  all_one: '{{count}} problem',
  all_other: '{{count}} problems',
  some_one: '{{shown}} of {{count}} problem',
  some_other: '{{shown}} of {{count}} problems',
  checking: 'Still checking… {{done}} of {{total}} objects',
  checkingLabel: 'Objects checked',
  menu: 'More for this problem',
  goToForm: 'Go to the field in the form',
  goToYaml: 'Go to the line in the YAML',
  goToOther: 'Go to {{name}}',
  fix: 'Fix…',
  ignoreHere: 'Ignore for this object',
  turnOff: "Don't show this again",
  lints: 'Good practice…',
  release: 'Meant for',
  'hint.admission.refused': 'Said by admission ({{plugin}}), once the rest of the design is in the cluster.',
  'hint.rehearsal.refused': 'Said by the cluster that runs: it still has the object as it was before this change.',
  'hint.object.immutable': 'Said by a cluster in which the opened form of this object runs.',
  copy: 'Copy the words',
  showInPane: 'Show in the list of problems',
  more_one: 'and {{count}} more',
  more_other: 'and {{count}} more',
};
