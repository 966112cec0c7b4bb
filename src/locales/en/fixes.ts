import type { FixSentences } from '../ids.ts';

/** What a fix will do, and what to know of an object that is converted. */
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
  'fix.convertTo': 'Convert to {{kind}} ({{apiVersion}})',
  'fix.meetPodSecurity': 'Say what {{level}} asks for',
  'fix.leaveReplicas': 'Leave the number of replicas to the autoscaler',
  'fix.notDefault': 'Make this one not the default',
  'fix.mountVolume': 'Mount the volume {{volume}}',
  'fix.moveToStringData': 'Write {{key}} as text in stringData',
  'fix.addTo': 'Add {{value}} to {{field}}',
  'fix.removeEarlier': 'Remove the earlier {{name}}',
  'fix.spreadOverNodes': 'Prefer to put the replicas on different nodes',
  'note.selectorFromLabels':
    'The selector is written out: the old version took it from the labels of the Pod template.',
  'note.defaultsWritten': 'Written out, because the new version has another default: {{fields}}.',
  'note.fieldDropped': '{{field}} has no counterpart in the new version and is left out.',
  'note.pathType':
    'Paths match as before: pathType is ImplementationSpecific. Prefix or Exact says more, and every controller reads it alike.',
  'note.matchesNothing':
    'An empty selector meant no Pods in policy/v1beta1 and means all Pods of the namespace in policy/v1; the selector written here matches none, as before.',
  'note.matchesEverything': 'The selector for all Pods of the namespace is the empty one in policy/v1.',
  'note.fieldsKept':
    'The old version kept fields that the schema does not name; x-kubernetes-preserve-unknown-fields says so in the schema. Where the schema is complete, take it away.',
  'note.schemaAdded': 'apiextensions.k8s.io/v1 requires a schema: one is added that allows any field.',
  'note.sideEffects':
    'admissionregistration.k8s.io/v1 requires sideEffects: None or NoneOnDryRun. None is written; see that the webhook changes nothing besides its answer.',
  'note.reviewVersions':
    'The webhook is asked with reviews of {{versions}}, as before; add v1 once it understands that.',
  'note.topologyDropped':
    'The topology labels of endpoints have no place in discovery.k8s.io/v1 and are left out: {{keys}}.',
  'note.hostnameIsNode': 'The hostname of the topology labels is written as nodeName.',
  'note.severalSlices': 'The addresses stand in {{count}} EndpointSlices: one for each subset and each IP family.',
  'note.sliceByHand':
    'An EndpointSlice that nobody manages stays as it is written: keep its addresses up to date. Give a Service without a selector such slices; with a selector it gets its own.',
  'note.rollingUpdates':
    'A Deployment replaces its Pods when the template changes; a ReplicationController left the old ones running. Pods of the old controller are not taken over: delete it with --cascade=orphan to keep them until the new ones are ready.',
  'note.metricsFromAnnotations': 'Metrics and behavior that stood in annotations are fields now.',
  'note.everybody': 'The user * of v1alpha1 meant everybody who is authenticated: the group system:authenticated.',
  'note.referencesFollow': 'Fields of other objects that named the old kind or version are changed too: {{count}}.',
  'note.fewerRights':
    'The program runs with fewer rights than before: see that the image does not run as root and needs no capability.',
};
