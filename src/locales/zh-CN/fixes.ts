import type { FixSentences } from '../ids.ts';

/** What a fix will do. */
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
  'fix.leaveReplicas': '副本数交给自动扩缩器决定',
  'fix.notDefault': '取消这一个的默认标记',
  'fix.mountVolume': '挂载卷 {{volume}}',
  'fix.addTo': '在 {{field}} 中加入 {{value}}',
  'fix.removeEarlier': '删除前面的 {{name}}',
  'fix.spreadOverNodes': '尽量把副本放到不同节点上',
};
