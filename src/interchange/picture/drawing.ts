import type { NodeFacts } from '../../scene/cluster/cluster-plan.ts';
import type { FrameKind } from '../../scene/scene.ts';
import type { Palette } from './palette.ts';

/** Where a thing stands, in canvas units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a picture says of a Node, in the language of its reader. */
export interface NodeWords {
  /** Zone, cordon, taints. */
  readonly marks: readonly string[];
  readonly bars: readonly {
    readonly label: string;
    readonly figures: string;
    /** Requests by allocatable; above 1 it does not fit. */
    readonly share: number;
  }[];
}

/** What the legend says, by category of cards and by kind of line. */
export interface LegendWords {
  readonly categories: readonly { readonly category: keyof Palette['category']; readonly text: string }[];
  readonly lines: readonly { readonly line: string; readonly text: string }[];
}

/** What drawing needs beside the thing that is drawn. */
export interface Drawing {
  readonly palette: Palette;
  readonly frame?: (kind: FrameKind) => string;
  readonly node?: (facts: NodeFacts) => NodeWords;
  readonly legend?: LegendWords;
  readonly icon?: (kind: { readonly group: string; readonly kind: string }) => string | undefined;
}
