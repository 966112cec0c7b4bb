import type { problems as english } from '../en/problems.ts';
import type { Translation } from '../ids.ts';
import { fixes } from './fixes.ts';

export const problems: Translation<typeof english> = {
  'reference.missing': '这里没有 {{kind}} {{name}}（{{type}}）。',
  'reference.keyMissing': '{{kind}} {{name}} 中没有键 {{key}}。',
  'reference.unknownKind': '{{kind}} {{name}}：这里没有定义这种资源。',
  'selector.matchesNothing': '选择器 {{selector}} 没有匹配任何对象。',
  'selector.doesNotMatchTemplate': '选择器 {{selector}} 与自身模板的标签不匹配。',
  'selector.overlaps': '{{kind}} {{name}} 选择了相同的 Pod。',
  'service.portNotListened': '所选 Pod 中没有容器监听 {{targetPort}}（端口 {{port}}）。',
  'backend.portMissing': '{{kind}} {{name}} 没有端口 {{port}}。',
  'probe.portMissing': '{{probe}} 使用端口 {{port}}，但容器没有声明它。',
  'volumeMount.volumeMissing': '挂载了卷 {{volume}}，但没有声明它。',
  'identity.duplicate': '{{identity}} 也在 {{file}} 中；集群只会保留一个。',
  'autoscaler.sameTarget': '{{other}} 也在伸缩 {{kind}} {{name}}。',
  'autoscaler.fightsReplicas':
    '这里写了 replicas: {{replicas}}，而副本数由 {{autoscaler}} 决定；每次 apply 都会重置它。',
  'disruption.sameTarget': '{{other}} 保护了相同的 Pod；有两个预算的 Pod 无法被驱逐。',
  'ingress.sameRoute': '{{other}} 有相同的路由 {{host}}{{path}}。',
  'class.severalDefaults': '{{other}} 也被标记为默认的 {{kind}}。',
  'apiVersion.removed': 'Kubernetes {{release}} 不再提供 {{apiVersion}}，请改用 {{replacement}}。',
  'apiVersion.deprecated': '{{apiVersion}} 已弃用，请改用 {{replacement}}。',
  'namespace.missing': '这里没有声明命名空间 {{namespace}}。',
  'grant.missing': '{{namespace}} 中没有 ReferenceGrant 允许指向 {{kind}} {{name}}。',
  'claim.usedByMany': '存储声明 {{claim}}（{{mode}}）被 {{pods}} 个 Pod 使用。',
  'object.invalid': 'API 服务器会拒绝：{{message}}',
  'object.warning': 'API 服务器会警告：{{message}}',
  ...fixes,
  'severity.error': '错误',
  'severity.warning': '警告',
  'severity.info': '提示',
  none: '没有发现问题。',
  more_other: '还有 {{count}} 个',
};
