import type { commands as english } from '../en/commands.ts';
import type { Translation } from '../ids.ts';

export const commands: Translation<typeof english> = {
  rename: '重命名',
  duplicate: '复制一份',
  delete: '删除',
  move: '移到命名空间',
  disconnect: '断开',
  deleted_other: '已删除 {{count}} 个对象。',
  'records.add': '添加 {{count}} 个对象',
  'record.add': '添加 {{kind}} {{name}}',
  'manifest.insert': '添加 {{title}}（{{count}}）',
  'record.editField': '修改 {{name}} 的 {{field}}',
  'record.fix': '修复 {{name}}',
  'records.fix': '修复 {{count}} 个问题',
  'record.editText': '编辑 {{name}} 的文本',
  'record.rename': '将 {{from}} 重命名为 {{to}}',
  'record.delete': '删除 {{name}}（{{count}}）',
  'record.duplicate': '复制 {{name}}（{{count}}）',
  'record.moveToNamespace': '将 {{count}} 个对象移到 {{namespace}}',
  'record.connect': '连接 {{from}} 到 {{to}}',
  'record.disconnect': '断开 {{name}} 的 {{field}}',
  'layout.move': '移动 {{count}} 项',
  'layout.tidy': '重新布局',
  'files.import': '导入 {{objects}} 个对象',
  'files.replace': '来自另一个标签页的改动',
  'design.clear': '清空画布',
};
