import { DEFAULT_NAMESPACE } from '../../apimachinery/object-identity.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import type { CommandRefusal } from '../../design/commands/command.ts';
import { parseLayout } from '../../manifest/layout-comment.ts';
import { FRAME_GAP, FRAME_HEADER, FRAME_PADDING } from '../../scene/metrics.ts';
import type { Point, Scene, SceneFrame } from '../../scene/scene.ts';
import { showToast } from '../../kit/toasts.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { canvasPlace } from '../canvas-place.ts';
import { likelyNamespace } from '../dialogs/namespaces.ts';
import type { Text } from '../i18n.ts';
import { page, reveal } from '../page-state.ts';
import { runCommand } from '../run-command.ts';
import { changeSettings, settings } from '../settings.ts';
import { CARD_SIZE, freeSpot } from './free-spot.ts';
import type { Size } from './free-spot.ts';
import type { PaletteItem } from './palette-items.ts';

const CLUSTER_FRAME = 'frame:';
const MOST_RECENT = 4;
/** In a frame that is not there yet. */
const FIRST_PLACE: Point = { x: FRAME_PADDING, y: FRAME_HEADER + FRAME_PADDING };

/** Where something that is let go at a point would live. */
export interface DropPlace {
  /** undefined where no frame is under the point. */
  readonly frame: SceneFrame | undefined;
  /** Namespace it goes to; '' for what belongs to none. */
  readonly namespace: string;
}

/** Whether an item makes nothing but objects that belong to no namespace. */
export function isClusterScoped({ makes, group }: PaletteItem): boolean {
  return 'kind' in makes ? makes.kind.scope === 'Cluster' : group === 'cluster';
}

export function dropPlace(workspace: Workspace, item: PaletteItem, at: Point): DropPlace {
  const { scene } = workspace.store.getState();
  const under = scene.frames.find(
    ({ x, y, width, height }) => at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height,
  );
  if (isClusterScoped(item)) return { frame: under?.kind === 'cluster' ? under : undefined, namespace: '' };
  if (under?.kind === 'namespace') return { frame: under, namespace: under.title };
  return { frame: undefined, namespace: likelyNamespace(workspace) };
}

/**
 * Makes what an item stands for: at a point of the picture where it was let go, else at a sensible place near what is
 * seen. It is selected afterwards and shown.
 */
export async function addItem(workspace: Workspace, item: PaletteItem, t: Text, at?: Point): Promise<void> {
  const { scene } = workspace.store.getState();
  const dropped = at && dropPlace(workspace, item, at);
  const namespace = isClusterScoped(item) ? '' : (dropped?.namespace ?? likelyNamespace(workspace));
  const frame = dropped?.frame ?? scene.frames.find(({ id }) => id === CLUSTER_FRAME + namespace);
  try {
    const text = 'pattern' in item.makes ? await item.makes.pattern.text() : undefined;
    const size = text === undefined ? CARD_SIZE : sizeOf(text);
    const place = makesFrame(item)
      ? framePlace(scene, at)
      : at && dropped?.frame
        ? within(dropped.frame, at, size)
        : frame
          ? spotNear(scene, frame, size, at ?? middle())
          : FIRST_PLACE;
    const refused = run(workspace, item, t, text, namespace, place);
    if (refused) return;
  } catch (error) {
    showToast({ text: String(error), tone: 'bad' });
    return;
  }
  remember(item.id);
  page.setState({ edge: undefined, inspectorTab: 'form' });
  // The first cards of a picture are shown anyhow; what was let go at a point is seen there.
  if (at || scene.cards.length === 0) return;
  const added = [...workspace.store.getState().selection];
  const middleOne = added[Math.floor(added.length / 2)];
  if (middleOne !== undefined) reveal(middleOne);
}

function run(
  workspace: Workspace,
  { makes, title }: PaletteItem,
  t: Text,
  text: string | undefined,
  namespace: string,
  at: Point | undefined,
): CommandRefusal | undefined {
  const { picture } = workspace.store.getState();
  const own = namespace === DEFAULT_NAMESPACE || namespace === '' ? {} : { namespace };
  const where = { picture, ...own, ...(at && { at }) };
  if ('kind' in makes) return runCommand(workspace, COMMANDS.addRecord, { kind: makes.kind, ...where }, t);
  const { id, stem } = makes.pattern;
  const args = { text: text ?? '', file: `${id}.yaml`, title, stem, ...where };
  return runCommand(workspace, COMMANDS.insertManifest, args, t);
}

/** A Namespace is no card: it is the frame itself. */
function makesFrame({ makes }: PaletteItem): boolean {
  return 'kind' in makes && makes.kind.group === '' && makes.kind.kind === 'Namespace';
}

/** A frame's place is the picture's: where it was let go, else beneath all others. */
function framePlace(scene: Scene, at: Point | undefined): Point | undefined {
  if (at) return { x: Math.round(at.x - 24), y: Math.round(at.y - 20) };
  if (scene.frames.length === 0) return undefined;
  return {
    x: Math.min(...scene.frames.map(({ x }) => x)),
    y: Math.max(...scene.frames.map(({ y, height }) => y + height)) + FRAME_GAP,
  };
}

/** The card's middle is where the pointer was. */
function within(frame: SceneFrame, at: Point, size: Size): Point {
  return {
    x: Math.max(FIRST_PLACE.x, Math.round((at.x - frame.x - Math.min(size.width, CARD_SIZE.width) / 2) / 8) * 8),
    y: Math.max(FIRST_PLACE.y - 12, Math.round((at.y - frame.y - 28) / 8) * 8),
  };
}

function spotNear(scene: Scene, frame: SceneFrame, size: Size, at: Point | undefined): Point {
  const wanted = at ? { x: at.x - frame.x - size.width / 2, y: at.y - frame.y - size.height / 2 } : { x: 0, y: 0 };
  return freeSpot(scene, frame, size, wanted);
}

/** The middle of what is seen, in the picture. */
function middle(): Point | undefined {
  const canvas = canvasPlace.current;
  if (!canvas) return undefined;
  const { x, y, width, height } = canvas.bounds();
  return canvas.toScene({ x: x + width / 2, y: y + height / 2 });
}

/** Room that the cards of a pattern take together. */
function sizeOf(text: string): Size {
  const places = parseLayout(text)?.entries ?? [];
  if (places.length === 0) return CARD_SIZE;
  return {
    width: span(places.map(({ x }) => x)) + CARD_SIZE.width,
    height: span(places.map(({ y }) => y)) + CARD_SIZE.height,
  };
}

function span(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

function remember(id: string): void {
  const { paletteRecent } = settings.getState();
  changeSettings({ paletteRecent: [id, ...paletteRecent.filter((known) => known !== id)].slice(0, MOST_RECENT) });
}
