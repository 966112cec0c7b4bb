import type { scriptProblems as en } from '../en/script-problems.ts';

export const scriptProblems: Record<keyof typeof en, string> = {
  'script.repeated': '名称 {{name}} 出现了两次',
  'script.unknownField': '脚本此处没有这个字段，可用的有：{{known}}',
  'script.type': '类型必须是 {{type}}',
  'script.duration': '必须是 30s、2m 这样的时长，而不是“{{value}}”',
  'script.oneAction': '每一步必须恰好有以下之一：{{actions}}',
  'script.unknownFault': '未知故障“{{fault}}”，可用的有：{{known}}',
  'script.target': '故障 {{fault}} 需要指定目标，例如 {{example}}',
  'script.parameter': '必须是以下之一：{{known}}',
  'script.object': '必须写出一个对象，例如 {{example}}',
  'script.sender': '发送方须写作 {{example}}',
  'script.number': '须为 {{least}} 到 {{most}} 之间的整数',
  'script.refused': '服务器无法以此启动：{{message}}',
  'script.release': '脚本针对 {{wanted}}，而模拟的是 {{release}}',
};
