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
  'wire.onlyApiServerStores': '只有 API server 与 etcd 通信，其他组件都找 API server。',
  'wire.etcdAnswers': 'etcd 只应答，从不主动连接：连接和其上的 watch 都由 API server 发起。',
  'wire.usersAskApiServer':
    '用户只与 API server 交互，不会直接连 {{to}}：由它认证身份、检查权限。应用的访问流量则通过 Service 进来。',
  'wire.schedulerOnlyBinds':
    '调度器什么也不启动：它向 API server 提交 Binding，节点上的 kubelet 通过自己的 watch 得知。',
  'wire.watcherOpens':
    'API server 在这里不主动联系任何人：{{to}} 向 API server 建立 watch，变化从这条连接传回。请从 {{to}} 画起。',
  'wire.kubeletReports': '容器运行时不认识集群：由 kubelet 询问它，再向 API server 汇报。',
  'wire.kubeletRuns': 'API server 不运行容器：由 kubelet 让运行时去运行。',
  'wire.throughApiServer': '{{from}} 与 {{to}} 从不直接通信：两者都只与 API server 通信，在那里相遇。',
  'command.nothingSelected': '没有选中任何对象。',
  'command.nothingToPaste': '复制的内容中没有 Kubernetes 对象。',
  'command.noSuchRecord': '这个对象已经不在了。',
  'command.noSuchFile': '没有清单文件 {{path}}。',
  'command.noChange': '没有任何变化。',
  'command.readOnly': '这张图只供查看。',
  'command.name.invalid': '{{message}}',
  'command.name.taken': '已经有 {{identity}} 了。',
  'command.clusterScoped': '{{kind}} 不属于任何命名空间。',
  'command.cannotEditText': '{{reason}}',
};
