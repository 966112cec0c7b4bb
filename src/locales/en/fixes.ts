import type { FixSentences } from '../ids.ts';

/** What a fix will do. */
export const fixes: FixSentences = {
  'fix.setValue': 'Set {{field}} to {{value}}',
  'fix.renameField': 'Rename {{from}} to {{to}}',
  'fix.removeField': 'Remove {{field}}',
  'fix.quote': 'Write it as text: "{{value}}"',
  'fix.unquote': 'Write {{value}} without quotes',
  'fix.selectorFromLabels': 'Select the labels of its own Pod template',
  'fix.labelsFromSelector': 'Give the Pod template the labels that the selector asks for',
  'fix.pointTo': 'Point to {{name}}',
  'fix.addNamespace': 'Add the Namespace {{name}}',
  'fix.raiseLimit': 'Raise {{field}} to the requests',
  'fix.lowerRequest': 'Lower {{field}} to the limits',
  'fix.useApiVersion': 'Use {{apiVersion}}',
  'fix.leaveReplicas': 'Leave the number of replicas to the autoscaler',
  'fix.notDefault': 'Make this one not the default',
  'fix.mountVolume': 'Mount the volume {{volume}}',
  'fix.addTo': 'Add {{value}} to {{field}}',
  'fix.removeEarlier': 'Remove the earlier {{name}}',
  'fix.spreadOverNodes': 'Prefer to put the replicas on different nodes',
};
