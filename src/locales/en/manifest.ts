import type { ManifestSentences } from '../ids.ts';

export const manifest: ManifestSentences = {
  'manifest.syntax': 'Does not read: {{message}}. The text is kept as it is.',
  'manifest.notAnObject': 'No Kubernetes object ({{missing}} is missing). The text is kept as it is.',
  'manifest.duplicateKey': 'The key {{key}} stands here twice; kubectl takes the last.',
  'manifest.excessive': 'Too deep or too many repetitions to follow ({{limit}}). The text is kept as it is.',
  'manifest.binary': 'Not a text file ({{reason}}). Nothing of it is used.',
  'manifest.ignored': 'Text after an end or separator mark, which kubectl does not read.',
  'manifest.template': 'A template that is not YAML yet. The text is kept as it is.',
};
