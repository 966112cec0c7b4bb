import { PICTURES } from '../design/design.ts';
import type { Design, Picture, Placement } from '../design/design.ts';
import type { ReferenceGraph } from '../design/graph.ts';
import type { Problem } from '../design/problem.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { EMPTY_ARRANGEMENT, arrange, placeScene } from '../scene/arrange.ts';
import type { Arrangement } from '../scene/arrange.ts';
import type { LayoutKernel } from '../scene/layout-graph.ts';
import { assumedNodesOf } from '../scene/cluster/assumed-nodes.ts';
import { sceneModel } from '../scene/scene-model.ts';
import type { Scene } from '../scene/scene.ts';

/** What a picture is drawn of. */
interface Told {
  readonly design: Design;
  readonly graph: ReferenceGraph;
  readonly problems: readonly Problem[];
  readonly registry: KindRegistry;
}

/** What the automatic layout said, kept for as long as the page is open: nothing that stands is moved unasked. */
export class HostPictures {
  private readonly arrangements = new Map<Picture, Arrangement>(
    PICTURES.map((picture) => [picture, EMPTY_ARRANGEMENT]),
  );
  private readonly kernel: LayoutKernel;

  constructor(kernel: LayoutKernel) {
    this.kernel = kernel;
  }

  async scene(told: Told, picture: Picture): Promise<Scene> {
    const { design, graph, problems, registry } = told;
    if (picture === 'cluster') return this.clusterPicture(told);
    const model = sceneModel(design, graph, problems, registry);
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

  /** The scheduler's plugins are loaded with the first Cluster picture. */
  private async clusterPicture({ design, problems, registry }: Told): Promise<Scene> {
    const [{ clusterPlan }, { clusterScene }] = await Promise.all([
      import('./cluster-plan/cluster-plan.ts'),
      import('../scene/cluster/cluster-scene.ts'),
    ]);
    const plan = clusterPlan(design, registry, assumedNodesOf(design));
    return clusterScene(plan, { design, registry, problems }, design.placements.cluster);
  }

  /** A layout from nothing, whatever people placed; missing targets have no place of their own to keep. */
  async anew(told: Told, picture: Picture): Promise<readonly (readonly [string, Placement])[]> {
    if (picture === 'cluster') return [];
    const model = sceneModel(told.design, told.graph, [], told.registry);
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
