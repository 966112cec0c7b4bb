import type { PlacementKey, RecordId } from '../../../design/design.ts';
import type { en } from '../../../locales/en/index.ts';
import type { Point, SceneCard } from '../../../scene/scene.ts';
import type { Workspace, WorkspaceState } from '../../../workspace/workspace.ts';
import type { Text } from '../../i18n.ts';

/** What an action of the canvas gets. */
export interface Hand {
  readonly workspace: Workspace;
  readonly state: WorkspaceState;
  readonly t: Text;
  /** Cards of what is selected, as they stand in the picture. */
  readonly cards: readonly SceneCard[];
  readonly fitAll: () => void;
  readonly fitCards: (ids: ReadonlySet<string>) => void;
}

/**
 * One thing that a hand can do on the canvas: the same object for a key, a menu, the help and a test. Keys are written
 * `Mod+Shift+ArrowLeft`; Mod is Control, or Command on a Mac.
 */
export interface CanvasAction {
  /** A sentence `actions:<id>`. */
  readonly id: ActionId;
  readonly keys: readonly string[];
  /** Where the help and menus put it. */
  readonly group: 'select' | 'edit' | 'arrange' | 'view' | 'walk';
  /** Whether there is something to do it to. */
  readonly canRun: (hand: Hand) => boolean;
  readonly run: (hand: Hand) => void;
}

export type ActionId = keyof typeof en.actions;

export type PlacesOfCards = ReadonlyMap<PlacementKey, Point>;

export const selectedIds = ({ state }: Hand): readonly RecordId[] => [...state.selection];
