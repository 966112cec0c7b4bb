import type { ManifestSentences } from '../ids.ts';

export const manifest: ManifestSentences = {
  'manifest.syntax': '无法解析：{{message}}。文本原样保留。',
  'manifest.notAnObject': '不是 Kubernetes 对象（缺少 {{missing}}）。文本原样保留。',
  'manifest.duplicateKey': '键 {{key}} 出现了两次；kubectl 以最后一次为准。',
  'manifest.excessive': '嵌套过深或重复过多，无法继续（{{limit}}）。文本原样保留。',
  'manifest.binary': '不是文本文件（{{reason}}），未使用其中任何内容。',
  'manifest.ignored': '结束符或分隔符之后的文本，kubectl 不会读取。',
  'manifest.template': '还不是 YAML 的模板。文本原样保留。',
  'edit.unparsed': '周围文本的写法 Drydock 无法编辑，请在 YAML 中修改。',
  'edit.insideAlias': '此值由别名 *{{anchor}} 共享：请在 YAML 中于锚点处修改。',
  'edit.insideMerge': '此字段来自 {{key}} 的合并（<<）：请在 YAML 中于该处修改。',
  'edit.notPossible': '此文本与别处共享，请在 YAML 中修改。',
  'edit.notAMap': '{{path}} 不是映射。',
  'edit.notAList': '{{path}} 不是列表。',
  'edit.noSuchItem': '列表中没有第 {{index}} 项。',
  'edit.noSuchKey': '没有名为 {{key}} 的条目。',
  'edit.keyExists': '已有名为 {{key}} 的条目。',
};
