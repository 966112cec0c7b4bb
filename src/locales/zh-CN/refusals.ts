import type { RefusalSentences } from '../ids.ts';

export const refusals: RefusalSentences = {
  'connect.otherNamespace': '只能指向自己的命名空间（{{source}}，而不是 {{target}}）。',
  'connect.noPodTemplate': '目标没有 Pod。',
  'connect.noLabels': '目标没有可供选择的标签。',
  'connect.noContainer': '没有容器可以写入。',
  'connect.noPort': '目标没有端口。',
  'connect.noTaint': '该节点没有会排斥 Pod 的污点。',
  'connect.already': '它们已经这样连接了。',
  'connect.headless': '不能经过无头 Service。',
  'connect.externalName': 'ExternalName 类型的 Service 指向集群之外。',
  'connect.notThisWay': '方向应当反过来。',
  'connect.noMeaning': '这两者之间的连线在 Kubernetes 中没有含义。',
  'disconnect.required': '这个字段是必填的：请改为指向别的对象。',
  'disconnect.implied': '这里没有写任何内容：是默认值指向了它。',
  'command.nothingSelected': '没有选中任何对象。',
  'command.noSuchRecord': '这个对象已经不在了。',
  'command.noChange': '没有任何变化。',
  'command.name.invalid': '{{message}}',
  'command.name.taken': '已经有 {{identity}} 了。',
  'command.clusterScoped': '{{kind}} 不属于任何命名空间。',
  'command.cannotEditText': '{{reason}}',
};
