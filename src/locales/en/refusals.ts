import type { RefusalSentences } from '../ids.ts';

export const refusals: RefusalSentences = {
  'connect.otherNamespace': 'It can only point inside its own namespace ({{source}}, not {{target}}).',
  'connect.noPodTemplate': 'The target has no Pods.',
  'connect.noLabels': 'The target has no labels to select by.',
  'connect.noContainer': 'There is no container to write it into.',
  'connect.noPort': 'The target has no port.',
  'connect.noTaint': 'The Node has no taint that keeps Pods off.',
  'connect.already': 'They are already connected in this way.',
  'connect.headless': 'Not through a headless Service.',
  'connect.externalName': 'An ExternalName Service leads outside the cluster.',
  'connect.notThisWay': 'The arrow runs the other way round.',
  'connect.noMeaning': 'An arrow between these two has no meaning in Kubernetes.',
  'disconnect.required': 'This field is required: point it at something else instead.',
  'disconnect.implied': 'Nothing is written here: a default points there.',
  'command.nothingSelected': 'Nothing is selected.',
  'command.noSuchRecord': 'This object is no longer here.',
  'command.noChange': 'This changes nothing.',
  'command.name.invalid': '{{message}}',
  'command.name.taken': 'There is already a {{identity}}.',
  'command.clusterScoped': 'A {{kind}} belongs to no namespace.',
  'command.cannotEditText': '{{reason}}',
};
