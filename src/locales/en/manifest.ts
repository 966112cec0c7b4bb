import type { ManifestSentences } from '../ids.ts';

export const manifest: ManifestSentences = {
  'manifest.syntax': 'Does not read: {{message}}. The text is kept as it is.',
  'manifest.notAnObject': 'No Kubernetes object ({{missing}} is missing). The text is kept as it is.',
  'manifest.duplicateKey': 'The key {{key}} stands here twice; kubectl takes the last.',
  'manifest.excessive': 'Too deep or too many repetitions to follow ({{limit}}). The text is kept as it is.',
  'manifest.binary': 'Not a text file ({{reason}}). Nothing of it is used.',
  'manifest.ignored': 'Text after an end or separator mark, which kubectl does not read.',
  'manifest.template': 'A template that is not YAML yet. The text is kept as it is.',
  'edit.unparsed': 'The text around it is written in a way that Drydock does not edit. Change it in the YAML.',
  'edit.insideAlias': 'This value is shared by the alias *{{anchor}}: change it at its anchor, in the YAML.',
  'edit.insideMerge': 'This field comes from a merge (<<) of {{key}}: change it there, in the YAML.',
  'edit.notPossible': 'The text is shared with another place. Change it in the YAML.',
  'edit.notAMap': '{{path}} is no map.',
  'edit.notAList': '{{path}} is no list.',
  'edit.noSuchItem': 'The list has no item {{index}}.',
  'edit.noSuchKey': 'There is no entry {{key}}.',
  'edit.keyExists': 'There is already an entry {{key}}.',
};
