import type { ElkNode, LayoutKernel } from '../../scene/layout-graph.ts';

/** A layout kernel that puts everything in rows: the same each time, and at once. */
export const gridKernel: LayoutKernel = (graph) => Promise.resolve(laid(graph));

const GAP = 10;
const COLUMNS = 8;

function laid(node: ElkNode): ElkNode {
  let [x, y, height] = [0, 0, 0];
  const children = (node.children ?? []).map((child, index) => {
    const inner = laid(child);
    if (index % COLUMNS === 0 && index > 0) [x, y, height] = [0, y + height + GAP, 0];
    const placed = { ...inner, x, y };
    x += (inner.width ?? 0) + GAP;
    height = Math.max(height, inner.height ?? 0);
    return placed;
  });
  if (children.length === 0) return node;
  const width = Math.max(...children.map((child) => child.x + (child.width ?? 0)));
  return { ...node, children, width, height: y + height };
}
