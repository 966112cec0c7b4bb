import type { Design } from '../design/design.ts';
import type { ReferenceGraph } from '../design/graph.ts';
import type { Problem } from '../design/problem.ts';
import { d2Of } from '../interchange/d2/d2.ts';
import { drawioOf } from '../interchange/drawio/drawio.ts';
import { graphvizOf } from '../interchange/graphviz/graphviz.ts';
import { mermaidOf } from '../interchange/mermaid/mermaid.ts';
import { pictureOf } from '../interchange/picture/picture.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { CommandlineMessages } from '../locales/commandline.ts';
import { EMPTY_ARRANGEMENT, arrange, placeScene } from '../scene/arrange.ts';
import { sceneModel } from '../scene/scene-model.ts';
import { layoutKernel } from './layout-kernel.ts';

/** Formats of pictures and how their files end. */
export const DRAWN_FORMATS = { mermaid: 'mmd', dot: 'dot', d2: 'd2', drawio: 'drawio', svg: 'svg' } as const;
export type DrawnFormat = keyof typeof DRAWN_FORMATS;

export interface Drawable {
  readonly design: Design;
  readonly graph: ReferenceGraph;
  readonly problems: readonly Problem[];
  readonly registry: KindRegistry;
}

/** The Application picture of a design in one of the formats. */
export async function drawIn(
  format: DrawnFormat,
  { design, graph, problems, registry }: Drawable,
  { frame }: Pick<CommandlineMessages, 'frame'>,
): Promise<string> {
  const model = sceneModel(design, graph, problems, registry);
  if (format === 'mermaid') return mermaidOf(model);
  if (format === 'dot') return graphvizOf(model);
  if (format === 'd2') return d2Of(model);
  const scene = placeScene(model, await arrange(model, EMPTY_ARRANGEMENT, layoutKernel()));
  return format === 'svg' ? pictureOf(scene, { frame }) : drawioOf(scene, 'Application', frame);
}
