import { presenting } from './presenting-state.ts';
import type { Part } from './presenting-state.ts';

/** What may be seen large: a component, a Node, a Pod, a card, a part of a model. */
const OBJECTS = '.sim-box, .sim-node-card, .react-flow__node, .pod-cell, [data-part], .sim-pod-box';
/** What the step lights. */
const LIT = '.sim-lit, .model-lit, .sim-envelope';
/** Never larger than this, and with so much of the picture around it. */
const LARGEST = 4;
const SHARE = 0.7;

/** Shows large what is under a point of the window, or all of the picture again where nothing is. */
export function zoomToPoint(inner: HTMLElement, x: number, y: number): void {
  const found = document
    .elementsFromPoint(x, y)
    .flatMap((element) => element.closest(OBJECTS) ?? [])
    .find((element) => inner.contains(element));
  const zoom = found === undefined ? undefined : partOf(inner, [found]);
  presenting.setState(({ zoom: before }) => ({ zoom: zoom !== undefined && sameAs(zoom, before) ? undefined : zoom }));
}

/** Shows large what takes part in the step, or the whole picture again. */
export function toggleZoom(): void {
  if (presenting.getState().tool === 'zoom') return presenting.setState({ tool: undefined, zoom: undefined });
  const inner = document.querySelector<HTMLElement>('.stage-inner');
  const lit = inner === null ? [] : [...inner.querySelectorAll(LIT)];
  presenting.setState({ tool: 'zoom', zoom: inner === null || lit.length === 0 ? undefined : partOf(inner, lit) });
}

/** Whatever the picture is shown at, shares of it are the same. */
function partOf(inner: HTMLElement, elements: readonly Element[]): Part {
  const whole = inner.getBoundingClientRect();
  const boxes = elements.map((element) => element.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  return {
    x: (left - whole.left) / whole.width,
    y: (top - whole.top) / whole.height,
    width: (Math.max(...boxes.map((box) => box.right)) - left) / whole.width,
    height: (Math.max(...boxes.map((box) => box.bottom)) - top) / whole.height,
  };
}

function sameAs(part: Part, other: Part | undefined): boolean {
  return other !== undefined && Math.abs(part.x - other.x) + Math.abs(part.y - other.y) < 0.01;
}

/** The transform that brings a part into the middle, as large as there is room; no edge of the picture comes inside. */
export function transformOf(part: Part | undefined): string | undefined {
  if (part === undefined) return undefined;
  const scale = Math.max(1, Math.min(LARGEST, SHARE / Math.max(part.width, part.height, 0.01)));
  const shift = (middle: number): number => Math.max(1 - scale, Math.min(0, 0.5 - scale * middle)) * 100;
  const [x, y] = [shift(part.x + part.width / 2), shift(part.y + part.height / 2)];
  return `translate(${x.toFixed(2)}%, ${y.toFixed(2)}%) scale(${scale.toFixed(3)})`;
}
