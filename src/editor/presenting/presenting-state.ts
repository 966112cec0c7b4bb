import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { page } from '../page-state.ts';

/** What a hand of somebody who presents does on the picture; with none it works as ever. */
export type Tool = 'pen' | 'eraser' | 'light' | 'zoom';

/** Told apart by anybody, on a light and on a dark picture. Source: Okabe and Ito, Color Universal Design, 2008. */
export const PEN_COLOURS = ['vermilion', 'blue', 'green'] as const;
export type PenColour = (typeof PEN_COLOURS)[number];

/** A place on the picture: shares of its width and height, from its upper left corner. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Stroke {
  readonly id: number;
  readonly colour: PenColour;
  readonly points: readonly Spot[];
}

/** A part of the picture, in shares of it. */
export interface Part extends Spot {
  readonly width: number;
  readonly height: number;
}

interface Presenting {
  readonly tool: Tool | undefined;
  readonly colour: PenColour;
  /** The picture that is shown. */
  readonly picture: string;
  /** What was drawn, by the picture that it was drawn on: it is there again with its step. */
  readonly strokes: ReadonlyMap<string, readonly Stroke[]>;
  /** The part of the picture that is seen large. */
  readonly zoom: Part | undefined;
  /** The middle of the circle of light. */
  readonly light: Spot;
  /** The row of tools is unfolded. */
  readonly isOpen: boolean;
  /** Colours for daylight, also where no projector is on. */
  readonly highContrast: boolean;
}

const AT_REST = {
  tool: undefined,
  strokes: new Map(),
  zoom: undefined,
  light: { x: 0.5, y: 0.4 },
} satisfies Partial<Presenting>;

export const presenting = createStore<Presenting>(() => ({
  ...AT_REST,
  picture: '',
  colour: 'vermilion',
  isOpen: false,
  highContrast: false,
}));

export function usePresenting<Value>(select: (state: Presenting) => Value): Value {
  return useStore(presenting, select);
}

/** Takes a tool, or puts it down where it is in the hand already. */
export function takeTool(tool: Tool): void {
  presenting.setState((before) => ({ tool: before.tool === tool ? undefined : tool }));
}

/** Everything as it was before anybody presented. */
export function putEverythingDown(): void {
  presenting.setState(AT_REST);
}

let nextStroke = 1;

export function addStroke(picture: string, points: readonly Spot[]): void {
  const stroke = { id: nextStroke++, colour: presenting.getState().colour, points };
  changeStrokes(picture, (before) => [...before, stroke]);
}

export function eraseStroke(picture: string, id: number): void {
  changeStrokes(picture, (before) => before.filter((stroke) => stroke.id !== id));
}

export function eraseLast(picture: string): void {
  changeStrokes(picture, (before) => before.slice(0, -1));
}

export function eraseAll(picture: string): void {
  changeStrokes(picture, () => []);
}

function changeStrokes(picture: string, change: (before: readonly Stroke[]) => readonly Stroke[]): void {
  presenting.setState(({ strokes }) => ({
    strokes: new Map([...strokes, [picture, change(strokes.get(picture) ?? [])]]),
  }));
}

/** How far a key moves the light. */
const LIGHT_STEP = 0.04;

export function moveLight(byX: number, byY: number): void {
  presenting.setState(({ light }) => ({
    light: { x: inside(light.x + byX * LIGHT_STEP), y: inside(light.y + byY * LIGHT_STEP) },
  }));
}

function inside(share: number): number {
  return Math.max(0, Math.min(1, share));
}

// Who leaves a run takes nothing along.
page.subscribe(({ mode }, before) => {
  if (mode === 'design' && before.mode !== 'design') putEverythingDown();
});
