import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import { EMPTY_DESIGN } from '../../design/design.ts';
import type { Design, DesignRecord, Placement } from '../../design/design.ts';
import { addFiles, designRegistry } from '../../design/import.ts';
import { documentOf } from '../../design/records.ts';
import { resolveReferences } from '../../design/resolve-references.ts';
import { compareFiles } from '../../interchange/compare/compare-files.ts';
import type { ObjectDifference } from '../../interchange/compare/comparison.ts';
import { manifestText } from '../../interchange/manifest-text.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { readManifest } from '../../manifest/read.ts';
import { EMPTY_ARRANGEMENT, arrange, placeScene } from '../../scene/arrange.ts';
import type { LayoutKernel } from '../../scene/layout-graph.ts';
import { sceneModel } from '../../scene/scene-model.ts';
import type { SceneModel } from '../../scene/scene-model.ts';
import type { ComparedDesigns, ComparedSide, DesignComparison, ShownDifference } from './designs.ts';

/** Compares two designs as `drydock diff` does, and draws both so that what they share stands in one place. */
export async function compareDesigns(
  { before, after }: ComparedDesigns,
  kernel: LayoutKernel,
): Promise<DesignComparison> {
  const files = [before, after].map((side) => side.map(({ path, content }) => readManifest(path, content)));
  const [old, now] = [files[0] ?? [], files[1] ?? []];
  const { differences, same } = await compareFiles(old, now, BUILT_IN_KINDS);
  const [was, is] = [addFiles(EMPTY_DESIGN, old, BUILT_IN_KINDS), addFiles(EMPTY_DESIGN, now, BUILT_IN_KINDS)];
  const places = await placesOfBoth(was, is, differences, kernel);
  const [wasBy, isBy] = [byIdentity(was), byIdentity(is)];
  const shown = differences.map((difference): ShownDifference => {
    const [one, other] = [wasBy.get(difference.from ?? difference.id), isBy.get(difference.id)];
    return { ...difference, was: one && textOf(was, one), is: other && textOf(is, other) };
  });
  return {
    differences: shown,
    same,
    before: sideOf(
      was,
      places,
      new Map(differences.flatMap(({ id, from }) => (from === undefined ? [] : [[from, id]]))),
    ),
    after: sideOf(is, places, new Map()),
  };
}

/** Of several with one name the first counts, as in the comparison. */
function byIdentity(design: Design): ReadonlyMap<ObjectIdentity, DesignRecord> {
  const found = new Map<ObjectIdentity, DesignRecord>();
  for (const record of design.records.values()) if (!found.has(record.identity)) found.set(record.identity, record);
  return found;
}

/** The text as it was written; of an item of a List, as it would be written alone. */
function textOf(design: Design, record: DesignRecord): string {
  return record.path.length === 0 ? documentOf(design, record).text : manifestText([record.object]);
}

interface Places {
  readonly frames: ReadonlyMap<string, Placement>;
  /** By identity, ghosts by their key. */
  readonly cards: ReadonlyMap<string, Placement>;
}

const modelOf = (design: Design): SceneModel => {
  const registry = designRegistry(design, BUILT_IN_KINDS);
  return sceneModel(design, resolveReferences(design, registry), [], registry);
};

/** Where everything of either side stands: the newer design with what the older had besides. */
async function placesOfBoth(
  was: Design,
  is: Design,
  differences: readonly ObjectDifference[],
  kernel: LayoutKernel,
): Promise<Places> {
  const removed = differences.flatMap(({ id, change }) => (change === 'removed' ? [id] : []));
  const wasBy = byIdentity(was);
  const gone = removed.flatMap((id) => wasBy.get(id)?.object ?? []);
  const both =
    gone.length === 0 ? is : addFiles(is, [readManifest('removed.yaml', manifestText(gone))], BUILT_IN_KINDS);
  const model = modelOf(both);
  const known = { ...EMPTY_ARRANGEMENT, placements: both.placements.application };
  const { frames, cards } = placeScene(model, await arrange(model, known, kernel));
  return {
    frames: new Map(frames.map(({ id, x, y, width, height }) => [id, { x, y, width, height }])),
    cards: new Map(cards.map(({ id, record, x, y }) => [keyOf(both, id, record), { x, y }])),
  };
}

function keyOf(design: Design, id: string, record: string | undefined): string {
  return (record === undefined ? undefined : design.records.get(record)?.identity) ?? id;
}

/** `renamed`: what objects of this side are called on the other. */
function sideOf(design: Design, places: Places, renamed: ReadonlyMap<string, string>): ComparedSide {
  const model = modelOf(design);
  const placements = new Map<string, Placement>(places.frames);
  const cards = new Map<ObjectIdentity, string>();
  for (const { id, record } of model.cards) {
    const key = keyOf(design, id, record);
    const at = places.cards.get(renamed.get(key) ?? key);
    if (at) placements.set(id, at);
    if (!cards.has(key)) cards.set(key, id);
  }
  return { scene: placeScene(model, { placements, routes: new Map() }), cards };
}
