import type { keys as english } from '../en/keys.ts';
import type { Translation } from '../ids.ts';

export const keys: Translation<typeof english> = {
  pan: '平移',
  wheel: '滚轮',
  spaceDrag: '空格 + 拖动',
  middleDrag: '鼠标中键',
  zoom: '缩放',
  zoomReset: '缩放到 100 %',
  ctrlWheel: 'Ctrl + 滚轮',
  select: '选择',
  selectAll: '全选',
  click: '点击',
  shiftClick: 'Shift + 点击',
  dragPane: '在空白处拖动',
  nudge: '移动所选',
  connect: '连接',
  dragDot: '拖动卡片边上的圆点',
  doubleClick: '双击',
  paste: '从剪贴板导入 YAML',
  clear: '取消选择',
};
