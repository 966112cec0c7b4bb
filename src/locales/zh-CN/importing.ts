import type { importing as english } from '../en/importing.ts';
import type { Translation } from '../ids.ts';

export const importing: Translation<typeof english> = {
  dropHere: '松开以导入',
  running: '导入',
  progress: '正在读取第 {{done}} / {{total}} 个文件 · {{objects}} 个对象',
  done: '导入完成',
  cancelled: '导入已取消，没有任何改动',
  doneWithSkipped_other: '导入完成，有 {{count}} 处需要留意',
  kinds_other: '{{count}} 种资源',
  references_other: '{{count}} 条引用',
  duration: '{{seconds}} 秒',
  moreSkipped_other: '还有 {{count}} 处，见“文件”',
};
