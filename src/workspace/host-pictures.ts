import { PICTURES } from '../design/design.ts';
import type { Design, Picture, Placement } from '../design/design.ts';
import { EMPTY_ARRANGEMENT, arrange, placeScene } from '../scene/arrange.ts';
import type { Arrangement } from '../scene/arrange.ts';
import type { LayoutKernel } from '../scene/layout-graph.ts';
import type { SceneModel } from '../scene/scene-model.ts';
import type { Scene } from '../scene/scene.ts';

/** What the automatic layout said, kept for as long as the page is open: nothing that stands is moved unasked. */
export class HostPictures {
  private readonly arrangements = new Map<Picture, Arrangement>(
    PICTURES.map((picture) => [picture, EMPTY_ARRANGEMENT]),
  );
  private readonly kernel: LayoutKernel;

  constructor(kernel: LayoutKernel) {
    this.kernel = kernel;
  }

  async scene(model: SceneModel, design: Design, picture: Picture): Promise<Scene> {
    const before = this.arrangements.get(picture)!;
    const known: Arrangement = {
      ...before,
      placements: new Map([...before.placements, ...design.placements[picture]]),
    };
    const arrangement = await arrange(model, known, this.kernel);
    const placements = withoutPlaced(arrangement, before, design.placements[picture]);
    this.arrangements.set(picture, { ...arrangement, placements });
    return placeScene(model, arrangement);
  }

  /** A layout from nothing, whatever people placed; missing targets have no place of their own to keep. */
  async anew(model: SceneModel, picture: Picture): Promise<readonly (readonly [string, Placement])[]> {
    const arrangement = await arrange(model, EMPTY_ARRANGEMENT, this.kernel);
    this.arrangements.set(picture, arrangement);
    return [...arrangement.placements].filter(([key]) => !key.startsWith('ghost:'));
  }
}

/** What the automatic layout said, people's placements left out: taking one back shows the card where it was before. */
function withoutPlaced(
  { placements }: Arrangement,
  before: Arrangement,
  placed: ReadonlyMap<string, Placement>,
): ReadonlyMap<string, Placement> {
  const automatic = new Map(placements);
  for (const key of placed.keys()) {
    const earlier = before.placements.get(key);
    if (earlier) automatic.set(key, earlier);
    else automatic.delete(key);
  }
  return automatic;
}
