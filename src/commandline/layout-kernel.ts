import type { ElkNode, LayoutKernel } from '../scene/layout-graph.ts';

/** The layout kernel in this process. Loaded when a picture is asked for, and only then. */
export function layoutKernel(): LayoutKernel {
  let elk: Promise<{ layout(graph: ElkNode): Promise<ElkNode> }> | undefined;
  return async (graph) => {
    elk ??= import('elkjs/lib/elk.bundled.js').then(
      ({ default: Elk }) => new Elk() as unknown as { layout(graph: ElkNode): Promise<ElkNode> },
    );
    return (await elk).layout(graph);
  };
}
