import type { FixSentences } from '../ids.ts';

/** What a fix will do, and what to know of an object that is converted. */
export const fixes: FixSentences = {
  'fix.setValue': '将 {{field}} 设为 {{value}}',
  'fix.renameField': '将 {{from}} 改名为 {{to}}',
  'fix.removeField': '删除 {{field}}',
  'fix.quote': '写成文本："{{value}}"',
  'fix.unquote': '去掉 {{value}} 的引号',
  'fix.selectorFromLabels': '用自身 Pod 模板的标签作为选择器',
  'fix.labelsFromSelector': '为 Pod 模板补上选择器要求的标签',
  'fix.pointTo': '改为指向 {{name}}',
  'fix.addNamespace': '添加 Namespace {{name}}',
  'fix.raiseLimit': '把 {{field}} 提高到请求值',
  'fix.lowerRequest': '把 {{field}} 降低到限制值',
  'fix.useApiVersion': '改用 {{apiVersion}}',
  'fix.convertTo': '转换为 {{kind}}（{{apiVersion}}）',
  'fix.meetPodSecurity': '补上 {{level}} 要求的设置',
  'fix.leaveReplicas': '副本数交给自动扩缩器决定',
  'fix.notDefault': '取消这一个的默认标记',
  'fix.mountVolume': '挂载卷 {{volume}}',
  'fix.moveToStringData': '把 {{key}} 作为文本写入 stringData',
  'fix.addTo': '在 {{field}} 中加入 {{value}}',
  'fix.removeEarlier': '删除前面的 {{name}}',
  'fix.spreadOverNodes': '尽量把副本放到不同节点上',
  'note.selectorFromLabels': '已写出选择器：旧版本会取自 Pod 模板的标签。',
  'note.defaultsWritten': '新版本的默认值不同，因此写出了旧默认值：{{fields}}。',
  'note.fieldDropped': '新版本没有与 {{field}} 对应的字段，已去掉。',
  'note.pathType':
    '路径的匹配方式不变：pathType 为 ImplementationSpecific。写成 Prefix 或 Exact 含义更明确，各个控制器的解读也一致。',
  'note.matchesNothing':
    '空选择器在 policy/v1beta1 中不匹配任何 Pod，在 policy/v1 中则匹配命名空间内的全部 Pod；这里写出的选择器与以前一样不匹配任何 Pod。',
  'note.matchesEverything': '在 policy/v1 中，空选择器就表示命名空间内的全部 Pod。',
  'note.fieldsKept':
    '旧版本会保留 schema 未列出的字段，现在由 schema 中的 x-kubernetes-preserve-unknown-fields 说明。若 schema 已完整，可以删去它。',
  'note.schemaAdded': 'apiextensions.k8s.io/v1 要求有 schema：已补上一个允许任意字段的 schema。',
  'note.sideEffects':
    'admissionregistration.k8s.io/v1 要求 sideEffects 为 None 或 NoneOnDryRun。这里写为 None，请确认该 webhook 除了应答之外不改动任何东西。',
  'note.reviewVersions': '与以前一样，用 {{versions}} 的 review 询问 webhook；等它支持 v1 后再加上 v1。',
  'note.topologyDropped': 'discovery.k8s.io/v1 没有存放端点拓扑标签的字段，已去掉：{{keys}}。',
  'note.hostnameIsNode': '拓扑标签中的主机名已写为 nodeName。',
  'note.severalSlices': '地址分布在 {{count}} 个 EndpointSlice 中：每个 subset、每种 IP 协议族各一个。',
  'note.sliceByHand':
    '没有控制器管理的 EndpointSlice 会一直保持所写的内容：请自行更新地址。它只用于没有选择器的 Service；有选择器的 Service 会得到自己的 EndpointSlice。',
  'note.rollingUpdates':
    '模板变化时，Deployment 会替换 Pod，而 ReplicationController 会让旧 Pod 继续运行。旧控制器的 Pod 不会被接管：用 --cascade=orphan 删除它，可以把这些 Pod 保留到新 Pod 就绪。',
  'note.metricsFromAnnotations': '原来写在注解里的指标和伸缩行为现在是字段。',
  'note.everybody': 'v1alpha1 中的用户 * 表示所有通过身份验证的人，即用户组 system:authenticated。',
  'note.referencesFollow': '其他对象中有 {{count}} 处指明了旧的类型或版本，也一并修改。',
  'note.fewerRights': '程序获得的权限比以前少：请确认镜像不以 root 运行，也不需要任何 capability。',
};
