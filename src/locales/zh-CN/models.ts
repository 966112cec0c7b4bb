import type { ModelWords, Translation } from '../ids.ts';
import type { models as english } from '../en/models.ts';

const words: ModelWords = {
  byHand: '手工维护',
  byImage: '镜像替换',
  operator: '运维人员',
  builder: '构建机',
  registry: '镜像仓库',
  loadBalancer: '负载均衡',
  distinct: '{{count}} 台中有 {{distinct}} 种',
  healthy: '健康',
  unhealthy: '健康检查失败',
  starting: '启动中……',
};

export const models: Translation<typeof english> = {
  ...words,
  picture: '机器示意图',
  side: '这一步的内容，以及可以试的操作',
  try: '如果……',
  refused: '此时做不到：{{reason}}',
  numbers: '换一组数',
  simplified: '哪些地方做了简化',
  tried: '课程之外的尝试',
  leaveBranch: '回到课程',
};
