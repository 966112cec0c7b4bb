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
  'wire.onlyApiServerStores': 'Only the API server talks to etcd. Everything else asks the API server.',
  'wire.etcdAnswers': 'etcd answers and begins nothing: the API server opens the connection, and the watch on it.',
  'wire.usersAskApiServer':
    'Users talk to the API server only, never to {{to}}: it knows who asks, and what he may do. What users of an application send comes in by a Service.',
  'wire.schedulerOnlyBinds':
    'The scheduler starts nothing: it posts a Binding to the API server, and the kubelet of the Node hears of it by its watch.',
  'wire.watcherOpens':
    'The API server calls nobody here: {{to}} opens a watch to the API server, and what changed comes back on it. Draw the arrow from {{to}}.',
  'wire.kubeletReports': 'The runtime knows no cluster: the kubelet asks it, and reports to the API server.',
  'wire.kubeletRuns': 'The API server does not run containers: the kubelet has its runtime run them.',
  'wire.throughApiServer':
    '{{from}} and {{to}} never talk to each other: each talks to the API server, and so they meet.',
  'command.nothingSelected': 'Nothing is selected.',
  'command.nothingToPaste': 'There is no Kubernetes object in what was copied.',
  'command.noSuchRecord': 'This object is no longer here.',
  'command.noSuchFile': 'There is no file {{path}} of manifests.',
  'command.noChange': 'This changes nothing.',
  'command.homework.locked': '{{identity}} stays as it is in this homework.',
  'command.homework.palette': 'A {{kind}} may not be added in this homework.',
  'command.readOnly': 'This picture is only to be looked at.',
  'command.name.invalid': '{{message}}',
  'command.name.taken': 'There is already a {{identity}}.',
  'command.clusterScoped': 'A {{kind}} belongs to no namespace.',
  'command.cannotEditText': '{{reason}}',
};
