import type { NoteSentences } from '../ids.ts';

export const interchange: NoteSentences = {
  'live.status': '{{object}}：去掉了集群报告的状态：{{fields}}',
  'live.metadata': '{{object}}：去掉了由服务器写入的元数据：{{fields}}',
  'live.marks': '{{object}}：去掉了控制器和 kubectl 留下的标记：{{fields}}',
  'live.allocated': '{{object}}：去掉了由集群选定的值：{{fields}}',
  'live.injected': '{{object}}：去掉了准入阶段加入的内容：{{fields}}',
  'live.defaults': '{{object}}：去掉了默认值：{{fields}}',
  'live.madeBy': '{{object}} 由 {{owner}} 生成，因此未保留。',
  'live.madeByCluster': '{{object}} 由集群自身生成，因此未保留。',
  'live.ownerMissing': '{{object}} 由 {{owner}} 生成，但输入中没有它：该对象单独保留，不再带有所有者。',
};
