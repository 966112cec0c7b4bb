import type { Point } from '../scene/scene.ts';

/** Where the picture lies on the screen, for panes that drop something onto it. Points of the screen are client points. */
export interface CanvasPlace {
  /** The canvas itself, on the screen. */
  bounds(): DOMRect;
  toScene(client: Point): Point;
  toClient(scene: Point): Point;
  zoom(): number;
}

/** Set by the canvas for as long as it is shown. */
export const canvasPlace: { current: CanvasPlace | undefined } = { current: undefined };
