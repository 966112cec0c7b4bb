import type { Category } from '../kinds/kind.ts';
import type { ReferenceLine } from '../kinds/reference.ts';
import type { Drawn } from '../design/drawn.ts';
import type { RecordId } from '../design/design.ts';
import type { NodeFacts } from './cluster/cluster-plan.ts';

/** Headless geometry of one picture, drawn by the canvas and by the SVG export. Units: CSS pixels at 100 %. */
export interface Scene {
  readonly frames: readonly SceneFrame[];
  readonly cards: readonly SceneCard[];
  readonly edges: readonly SceneEdge[];
  /** Notes, actors, title and legend that people drew. */
  readonly drawn?: readonly SceneDrawn[];
  /** Boxes around cards that share a label. */
  readonly groups?: readonly SceneGroup[];
}

/** A box around cards of one frame that bear one value of a label, and around no other card; x and y are of the whole picture. */
export interface SceneGroup {
  /** `app:<frame>/<value>`, and a number after it where a group needs several boxes. */
  readonly id: string;
  /** The id of the card that the group folds to. */
  readonly folds: string;
  readonly title: string;
  readonly cards: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Something drawn that is no object; x and y are of the whole picture. */
export interface SceneDrawn {
  /** `note:…`, `actor:…`, `title:`, `legend:`. */
  readonly id: string;
  readonly drawn: Exclude<Drawn, { type: 'arrow' | 'nodes' }>;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is folded away. */
export interface FoldedCounts {
  readonly cards: number;
  readonly pods: number;
  readonly errors: number;
  readonly warnings: number;
}

/** `zone` lies behind its Nodes and holds no card itself; `tray` holds Pods that fit on no Node. */
export type FrameKind = 'namespace' | 'cluster' | 'node' | 'zone' | 'tray';

/** A box that holds cards: a namespace, or what belongs to no namespace. */
export interface SceneFrame {
  /** `frame:shop`; `frame:` for cluster-scoped objects. */
  readonly id: string;
  readonly kind: FrameKind;
  /** The Namespace or Node that the frame stands for, where the design holds it. */
  readonly record?: RecordId;
  readonly title: string;
  /** Its cards are not shown. */
  readonly folded?: FoldedCounts;
  /** Of a Node. */
  readonly node?: NodeFacts;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SceneCard {
  /** The record's id, with `@` and its frame where one record has several cards; `ghost:<identity>` for what is not there. */
  readonly id: string;
  /** undefined for a ghost, and for a part of the control plane. */
  readonly record?: RecordId;
  readonly ghost: boolean;
  /** The frame the card stands in; x and y are relative to it. */
  readonly frame: string;
  readonly group: string;
  readonly kind: string;
  /** The kind as the card says it: its short name where the whole name would leave no room for the fact. */
  readonly kindWord: string;
  readonly category: Category;
  readonly name: string;
  readonly fact?: string;
  readonly detail?: string;
  readonly pods?: number;
  /** An application: so many cards folded into one. */
  readonly members?: number;
  /** A part of the control plane: no object of the design. */
  readonly component?: true;
  /** It stays where it is until a person unlocks it. */
  readonly locked?: true;
  /** Why its Pods run nowhere, in the scheduler's words. */
  readonly reason?: string;
  /** Problems to mark on the card. */
  readonly errors: number;
  readonly warnings: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One line between two cards; parallel references of one class share it. */
export interface SceneEdge {
  readonly id: string;
  /** Ids of cards. */
  readonly from: string;
  readonly to: string;
  /** `drawn`: an arrow that a person drew, which stands in no manifest. */
  readonly line: ReferenceLine | 'drawn';
  /** False when the target is missing. */
  readonly resolved: boolean;
  /** Short text on the line: `:80`, `app=web`, `envFrom`. '' when the types say it. */
  readonly label: string;
  /** Positions in `ReferenceGraph.references`. */
  readonly references: readonly number[];
  /** Bends in absolute canvas units, from the source's side to the target's; empty: the drawer chooses. */
  readonly points: readonly Point[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}
