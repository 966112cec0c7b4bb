import type { CustomLintSentences } from '../ids.ts';

/** What a question with parameters of a person's own found; the check's name comes first. */
export const customLints: CustomLintSentences = {
  'lint.custom.access-to-resources': '{{check}}: {{subjects}} may {{verbs}} {{resources}} by the role {{role}}.',
  'lint.custom.anti-affinity': '{{check}}: The {{replicas}} replicas may all be put in one place.',
  'lint.custom.cel-expression': '{{check}}: {{words}}',
  'lint.custom.statefulset-volumeclaimtemplate-annotation':
    '{{check}}: The template of a claim lacks the annotation {{annotation}}.',
  'lint.custom.verify-container-capabilities':
    '{{check}}: Container {{container}} keeps or adds the capability {{name}}.',
  'lint.custom.cpu-requirements': '{{check}}: Container {{container}} has a CPU {{type}} of {{amount}}.',
  'lint.custom.dangling-service': '{{check}}: No Pods are selected by {{selector}}.',
  'lint.custom.disallowed-api-obj': '{{check}}: {{object}} is not wanted.',
  'lint.custom.env-var': '{{check}}: Container {{container}} has the variable {{name}}.',
  'lint.custom.forbidden-annotation': '{{check}}: An annotation is {{pair}}.',
  'lint.custom.host-mounts': '{{check}}: Container {{container}} mounts {{path}} of the node.',
  'lint.custom.image-pull-policy': '{{check}}: Container {{container}} has the pull policy {{policy}}.',
  'lint.custom.latest-tag': '{{check}}: Container {{container}} has the image {{image}}.',
  'lint.custom.sorted-keys': '{{check}}: Keys are not in alphabetical order.',
  'lint.custom.memory-requirements': '{{check}}: Container {{container}} has a memory {{type}} of {{amount}}.',
  'lint.custom.minimum-replicas': '{{check}}: There are {{replicas}} replicas, fewer than {{least}}.',
  'lint.custom.hpa-minimum-replicas': '{{check}}: It scales down to {{replicas}} replicas, fewer than {{least}}.',
  'lint.custom.ports': '{{check}}: Container {{container}} listens on port {{port}} of {{protocol}}.',
  'lint.custom.priority-class-name': '{{check}}: The Pods have the priority class {{name}}.',
  'lint.custom.scc-deny-privileged-container': '{{check}}: allowPrivilegedContainer is {{value}}.',
  'lint.custom.required-annotation': '{{check}}: No annotation is {{pair}}.',
  'lint.custom.required-label': '{{check}}: No label is {{pair}}.',
  'lint.custom.dnsconfig-options': '{{check}}: The Pods lack the resolver option {{option}}.',
  'lint.custom.service-account': '{{check}}: The Pods run as the ServiceAccount "{{name}}".',
  'lint.custom.forbidden-service-types': '{{check}}: The Service is of the type {{type}}.',
  'lint.custom.unsafe-sysctls': '{{check}}: The Pods set the kernel parameter {{name}}.',
  'lint.custom.update-configuration': '{{check}}: Pods are replaced by "{{found}}", and not by {{wanted}}.',
  'lint.custom.env-value-from':
    '{{check}}: Container {{container}} takes {{key}} of {{kind}} {{name}}, which is not here.',
};
