import { useStore } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { RecordId } from '../../design/design.ts';
import type { Scene, SceneCard } from '../../scene/scene.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { useShownScene } from './view/view-store.ts';
import type { Route } from './edge-routes.ts';
import type { CanvasEdge } from './edge-view.tsx';
import { cardBoxes } from './geometry.ts';
import type { Box } from './geometry.ts';

/** Least width on the screen, in pixels, at which a frame gets its name. */
const NAMED_FRAME = 48;

/** From this zoom on cards have names and lines are drawn; below it they are blocks of colour. */
const NAMED_ZOOM = 0.16;
const MOST_LINED = 1_500;

const CATEGORIES = ['workload', 'network', 'config', 'storage', 'access', 'cluster', 'custom'] as const;

/** The whole picture from far away: frames with their names, cards as blocks of their category's colour. */
export function FarPicture({ edges }: { readonly edges: readonly CanvasEdge[] }) {
  const scene = useShownScene();
  const selection = useWorkspaceState((state) => state.selection);
  const boxes = useMemo(() => cardBoxes(scene), [scene]);
  const routes = useMemo(
    () => new Map(edges.flatMap(({ id, data }) => (data ? [[id, data.route] as const] : []))),
    [edges],
  );
  const transform = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const drawing = useRef<HTMLCanvasElement>(null);
  const swatches = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!drawing.current || !swatches.current) return;
    draw(drawing.current, swatches.current, { scene, boxes, selection, routes, transform, width, height });
  }, [scene, boxes, selection, routes, transform, width, height]);
  return (
    <div className="far-picture" aria-hidden>
      <canvas ref={drawing} width={width * devicePixelRatio} height={height * devicePixelRatio} />
      <div ref={swatches} className="far-swatches">
        {CATEGORIES.map((category) => (
          <i key={category} className={`category-${category}`} />
        ))}
      </div>
    </div>
  );
}

interface Sight {
  readonly scene: Scene;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly selection: ReadonlySet<RecordId>;
  readonly routes: ReadonlyMap<string, Route>;
  readonly transform: readonly [x: number, y: number, zoom: number];
  /** Of the canvas, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

function draw(canvas: HTMLCanvasElement, swatches: HTMLElement, sight: Sight): void {
  const { scene, boxes, selection, transform, width, height } = sight;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const [x, y, zoom] = transform;
  const style = getComputedStyle(canvas);
  pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.strokeStyle = style.borderTopColor;
  pen.lineWidth = 1;
  for (const frame of scene.frames) {
    pen.strokeRect(frame.x * zoom + x, frame.y * zoom + y, frame.width * zoom, frame.height * zoom);
  }
  const colours = coloursOf(swatches);
  const seen = scene.cards.flatMap((card) => {
    const box = boxes.get(card.id);
    if (!box) return [];
    const at = { x: box.x * zoom + x, y: box.y * zoom + y, width: box.width * zoom, height: box.height * zoom };
    return at.x < width && at.y < height && at.x + at.width > 0 && at.y + at.height > 0 ? [{ card, at }] : [];
  });
  if (seen.length <= MOST_LINED) drawEdges(pen, style, sight, new Set(seen.map(({ card }) => card.id)));
  for (const { card, at } of seen) {
    const colour = colours.get(card.category) ?? style.color;
    pen.fillStyle = isSelected(card, selection) ? style.outlineColor : colour;
    if (zoom < NAMED_ZOOM) pen.fillRect(at.x, at.y, Math.max(1.5, at.width), Math.max(1.5, at.height));
    else drawCard(pen, style, card, at, zoom);
  }
  if (zoom < NAMED_ZOOM) nameFrames(pen, style, sight);
  else titleFrames(pen, style, sight);
}

/** A card with its name, as wide as it has room. */
function drawCard(
  pen: CanvasRenderingContext2D,
  style: CSSStyleDeclaration,
  card: SceneCard,
  at: Box,
  zoom: number,
): void {
  const colour = pen.fillStyle;
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(at.x, at.y, at.width, at.height);
  pen.globalAlpha = 0.14;
  pen.fillStyle = colour;
  pen.fillRect(at.x, at.y, at.width, at.height);
  pen.globalAlpha = 1;
  pen.fillRect(at.x, at.y, Math.max(2, 8 * zoom), at.height);
  pen.strokeStyle = colour;
  if (card.ghost) pen.setLineDash([3, 2]);
  pen.strokeRect(at.x, at.y, at.width, at.height);
  if (card.ghost) pen.setLineDash([]);
  const size = Math.max(8, Math.round(30 * zoom));
  pen.font = `600 ${size}px ${style.fontFamily}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillStyle = style.color;
  const room = Math.floor((at.width - 14 * zoom) / (size * 0.56));
  const name = visibleText(card.name);
  pen.fillText(
    name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name,
    at.x + 14 * zoom,
    at.y + at.height / 2,
  );
}

/** Lines between what is in sight, without heads and captions. */
function drawEdges(
  pen: CanvasRenderingContext2D,
  style: CSSStyleDeclaration,
  { routes, scene, transform }: Sight,
  seen: ReadonlySet<string>,
): void {
  const [x, y, zoom] = transform;
  pen.save();
  pen.translate(x, y);
  pen.scale(zoom, zoom);
  pen.strokeStyle = style.borderTopColor;
  pen.lineWidth = 1 / zoom;
  for (const { id, from, to } of scene.edges) {
    const route = routes.get(id);
    if (route && (seen.has(from) || seen.has(to))) pen.stroke(pathOf(route));
  }
  pen.restore();
}

const paths = new WeakMap<Route, Path2D>();

function pathOf(route: Route): Path2D {
  let path = paths.get(route);
  if (!path) paths.set(route, (path = new Path2D(route.path)));
  return path;
}

/** Names stand at the top of their frames while there is room for them. */
function titleFrames(pen: CanvasRenderingContext2D, style: CSSStyleDeclaration, { scene, transform }: Sight): void {
  const [x, y, zoom] = transform;
  pen.font = `600 12px ${style.fontFamily}`;
  pen.textAlign = 'left';
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = style.color;
  for (const frame of scene.frames) {
    if (frame.width * zoom < NAMED_FRAME) continue;
    pen.fillText(visibleText(frame.title), frame.x * zoom + x + 2, frame.y * zoom + y - 4, frame.width * zoom - 4);
  }
}

/** Names stand in the middle of their frames, on a rim of the paper's colour, over the cards. */
function nameFrames(pen: CanvasRenderingContext2D, style: CSSStyleDeclaration, { scene, transform }: Sight): void {
  const [x, y, zoom] = transform;
  pen.font = `600 11px ${style.fontFamily}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  pen.lineWidth = 4;
  pen.fillStyle = style.color;
  pen.strokeStyle = style.backgroundColor;
  for (const frame of scene.frames) {
    const wide = frame.width * zoom;
    if (wide < NAMED_FRAME) continue;
    const at = [(frame.x + frame.width / 2) * zoom + x, (frame.y + frame.height / 2) * zoom + y, wide] as const;
    pen.strokeText(visibleText(frame.title), ...at);
    pen.fillText(visibleText(frame.title), ...at);
  }
}

function isSelected({ record }: SceneCard, selection: ReadonlySet<RecordId>): boolean {
  return record !== undefined && selection.has(record);
}

/** The colours of the style sheet, in whichever theme is on. */
function coloursOf(swatches: HTMLElement): ReadonlyMap<string, string> {
  return new Map(
    CATEGORIES.map((category, at) => [category, getComputedStyle(swatches.children[at]!).backgroundColor]),
  );
}
