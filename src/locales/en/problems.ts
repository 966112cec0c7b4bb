import type { ProblemSentences } from '../ids.ts';
import { fixes } from './fixes.ts';

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
  'apiVersion.removed': '{{apiVersion}} is not served by Kubernetes {{release}}; use {{replacement}}.',
  'apiVersion.deprecated': '{{apiVersion}} is deprecated; use {{replacement}}.',
  'namespace.missing': 'The namespace {{namespace}} is not declared here.',
  'grant.missing': 'No ReferenceGrant in {{namespace}} allows pointing at {{kind}} {{name}}.',
  'claim.usedByMany': 'The claim {{claim}} ({{mode}}) is used by {{pods}} Pods.',
  'object.invalid': 'The API server refuses this: {{message}}',
  'object.warning': 'The API server warns: {{message}}',
};

export const problems = {
  ...sentences,
  ...fixes,
  'severity.error': 'Error',
  'severity.warning': 'Warning',
  'severity.info': 'Note',
  none: 'No problems found.',
  more_one: 'and {{count}} more',
  more_other: 'and {{count}} more',
};
