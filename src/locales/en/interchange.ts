import type { NoteSentences } from '../ids.ts';

/** What is said of an import or export: what was lost, changed or taken away. */
export const interchange: NoteSentences = {
  'live.status': '{{object}}: what the cluster reports was taken away: {{fields}}',
  'live.metadata': '{{object}}: metadata that the server writes was taken away: {{fields}}',
  'live.marks': '{{object}}: marks of controllers and kubectl were taken away: {{fields}}',
  'live.allocated': '{{object}}: what the cluster chose was taken away: {{fields}}',
  'live.injected': '{{object}}: what admission put in was taken away: {{fields}}',
  'live.defaults': '{{object}}: defaults were taken away: {{fields}}',
  'live.madeBy': '{{object}} is made by {{owner}} and was left out.',
  'live.madeByCluster': '{{object}} is made by the cluster itself and was left out.',
  'live.ownerMissing':
    '{{object}} is made by {{owner}}, which is not in the input: it stands for itself, without its owner.',
  'source.unreadable': 'cannot be read: {{message}}. Nothing of it is used.',
  'source.missing': '{{file}} is named here and is not there.',
  'source.outside': '{{path}} leads out of the folder that was given and is not followed.',
  'source.unknownKey': 'The key {{key}} is not known and is left out.',
  'source.tag': 'The YAML tag {{tag}} is not known; the value is taken as if it were not there.',
  'source.type': '{{key}} must be: {{expected}}.',
  'source.tooMany': 'More than {{limit}} {{what}}: nothing is used.',
  'compose.noServices': 'There are no services in it.',
  'compose.lost': '{{service}}: {{key}} has no form in Kubernetes and is left out.',
  'compose.local': '{{service}}: {{key}} is of use on a developer’s machine only and is left out.',
  'compose.variable': 'The variable {{name}} has no value here; nothing takes its place. Give it in a .env file.',
  'compose.variableRequired': 'The variable {{name}} must have a value: {{message}}',
  'compose.build':
    '{{service}} is built from sources: build and push the image {{image}} where the cluster can pull it.',
  'compose.noImage': '{{service}} names no image; {{image}} is taken.',
  'compose.dependsOn':
    '{{service}} starts after {{other}} ({{condition}}) in Compose. Kubernetes starts them together: {{service}} must try again until {{other}} answers.',
  'compose.claimSize': 'The volume {{name}} has no size; the claim asks for {{size}}.',
  'compose.sharedClaim':
    '{{service}} shares the volume {{name}} with another service: their Pods must be on one Node, or the claim needs ReadWriteMany.',
  'compose.bindAbsolute': '{{service}}: {{path}} at {{target}} is a place on one machine and is left out.',
  'compose.bindContent': '{{service}}: the content of {{path}} does not come along; an empty volume is at {{target}}.',
  'compose.anonymousVolume': '{{service}}: the volume at {{target}} has no name; it lives and ends with the Pod.',
  'compose.external': '{{kind}} {{name}} is external: it must be there before.',
  'compose.secretMissing': 'The value of the secret {{name}} ({{file}}) is not there: make the Secret before.',
  'compose.profile': '{{service}} is of the profiles {{profiles}} and is left out.',
  'compose.renamed':
    '{{service}} is called {{name}}: Kubernetes takes no such name. Whoever calls it by name must be told.',
  'compose.noPorts':
    '{{service}} names no port, so it gets no Service: nobody finds it by name. Name its ports with expose.',
  'compose.loopback': '{{service}}: port {{port}} was for this machine only; its Service is for the whole cluster.',
  'compose.pod':
    '{{service}} is not always restarted ({{policy}}): it becomes a Pod of its own, which nobody moves to another Node.',
  'compose.network': '{{service}}: {{key}} in the network {{network}} has no form in Kubernetes and is left out.',
  'compose.constraint':
    '{{service}}: “{{constraint}}” is no condition that Nodes of a cluster can meet and is left out.',
  'compose.duplicate': '{{service}} is included and is here already: the one here stays.',
  'compose.extendsCycle': '{{service}} extends {{base}} in a circle; that is not followed.',
  'compose.komposeLabel': '{{service}}: the label {{label}} is not understood and is left out.',
  'kustomize.none': 'There is no kustomization in {{folder}}.',
  'kustomize.version': '{{kind}} of {{apiVersion}} is no kustomization that kubectl reads.',
  'kustomize.notFollowed': '{{key}} is not followed here, and without it the result would be wrong: nothing is built.',
  'kustomize.remote': '{{reference}} lies elsewhere and is not fetched: nothing is built. Copy it beside the others.',
  'kustomize.beside': '{{file}} lies neither in nor below the folder of the kustomization: kubectl refuses to read it.',
  'kustomize.cycle': 'The kustomization in {{folder}} builds on itself.',
  'kustomize.noComponent': '{{folder}} is named among components and is none.',
  'kustomize.resource': 'This is no manifest that kubectl reads: nothing is built.',
  'kustomize.conflict': '{{object}} is there twice.',
  'kustomize.ambiguous': '{{object}} refers by a name that several objects had.',
  'kustomize.noMatch': '{{count}} objects are meant by {{object}}, and it must be one.',
  'kustomize.patch': 'The patch cannot be applied: {{message}}.',
  'kustomize.generator': 'The generator cannot be followed: {{message}}.',
  'kustomize.replacement': 'The replacement cannot be made: {{message}}.',
  'cluster.noNodes': 'No Node is drawn: one control plane and {{workers}} workers are taken, as for a rehearsal.',
  'cluster.label':
    '{{node}}: a kubelet must not give itself the label {{label}}. Afterwards: kubectl label node {{node}} {{label}}',
  'cluster.capacity': '{{node}}: its size ({{capacity}}) cannot be asked for: a container is as large as its machine.',
  'cluster.nodeName': '{{drawn}} will be called {{made}}.',
  'cluster.version':
    'The version {{version}} is not asked for: k3d takes the k3s that it comes with, or the one of --image.',
  'cluster.endpoint': 'Several control planes need a load balancer before them: {{endpoint}} must lead to it.',
  'cluster.etcd': '{{nodes}} run etcd alone: set it up first, and put its certificates where the file says.',
  'cluster.token': 'Every other Node joins with a token and hash that kubeadm init prints: put them into its file.',
};
