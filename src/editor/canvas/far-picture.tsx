import { useStore } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { useStore as useVanillaStore } from 'zustand';
import type { RecordId } from '../../design/design.ts';
import type { Scene, SceneCard } from '../../scene/scene.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { cardLives } from '../simulation/card-life.ts';
import type { CardLife } from '../simulation/card-life.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { useShownScene } from './view/view-store.ts';
import type { Route } from './edge-routes.ts';
import type { CanvasEdge } from './edge-view.tsx';
import { FARES, drawLife, farLifeOf } from './far-life.ts';
import type { FarLife } from './far-life.ts';
import { cardBoxes } from './geometry.ts';
import type { Box } from './geometry.ts';

/** Least width on the screen, in pixels, at which a frame gets its name. */
const NAMED_FRAME = 48;

/** From this zoom on cards have names and lines are drawn; below it they are blocks of colour. */
const NAMED_ZOOM = 0.16;
/** How much is seen of what is not in the cluster that runs. */
const NOT_THERE_ALPHA = 0.45;
const MOST_LINED = 1_500;

const CATEGORIES = ['workload', 'network', 'config', 'storage', 'access', 'cluster', 'custom'] as const;
const LIFE_COLOURS = [...FARES, 'track'] as const;

/**
 * The whole picture from far away: frames with their names, cards as blocks of their category's colour. While a run is
 * open, each with how it fares.
 */
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
  const lives = useVanillaStore(cardLives, ({ byRecord }) => byRecord);
  const drawing = useRef<HTMLCanvasElement>(null);
  const swatches = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!drawing.current || !swatches.current) return;
    draw(drawing.current, swatches.current, { scene, boxes, selection, lives, routes, transform, width, height });
  }, [scene, boxes, selection, lives, routes, transform, width, height]);
  return (
    <div className="far-picture" aria-hidden>
      <canvas ref={drawing} width={width * devicePixelRatio} height={height * devicePixelRatio} />
      <div ref={swatches} className="far-swatches">
        {CATEGORIES.map((category) => (
          <i key={category} className={`category-${category}`} />
        ))}
        {LIFE_COLOURS.map((name) => (
          <i key={name} className={`far-life-${name}`} />
        ))}
      </div>
    </div>
  );
}

interface Sight {
  readonly scene: Scene;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly selection: ReadonlySet<RecordId>;
  readonly lives: ReadonlyMap<RecordId, CardLife>;
  readonly routes: ReadonlyMap<string, Route>;
  readonly transform: readonly [x: number, y: number, zoom: number];
  /** Of the canvas, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

function draw(canvas: HTMLCanvasElement, swatches: HTMLElement, sight: Sight): void {
  const { scene, boxes, selection, lives, transform, width, height } = sight;
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
    const own = card.record === undefined ? undefined : lives.get(card.record);
    const life = own && farLifeOf(own);
    // What is not in the cluster is a shade of itself.
    pen.globalAlpha = life?.isThere === false ? NOT_THERE_ALPHA : 1;
    if (zoom < NAMED_ZOOM) pen.fillRect(at.x, at.y, Math.max(1.5, at.width), Math.max(1.5, at.height));
    else drawCard(pen, style, card, { at, zoom, life });
    pen.globalAlpha = 1;
    if (life) drawLife(pen, life, at, colours);
  }
  if (zoom < NAMED_ZOOM) nameFrames(pen, style, sight);
  else titleFrames(pen, style, sight);
}

/** A card with its name, as wide as it has room. */
function drawCard(
  pen: CanvasRenderingContext2D,
  style: CSSStyleDeclaration,
  card: SceneCard,
  { at, zoom, life }: { readonly at: Box; readonly zoom: number; readonly life: FarLife | undefined },
): void {
  const colour = pen.fillStyle;
  const alpha = pen.globalAlpha;
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(at.x, at.y, at.width, at.height);
  pen.globalAlpha = 0.14 * alpha;
  pen.fillStyle = colour;
  pen.fillRect(at.x, at.y, at.width, at.height);
  pen.globalAlpha = alpha;
  pen.fillRect(at.x, at.y, Math.max(2, 8 * zoom), at.height);
  pen.strokeStyle = colour;
  const isDashed = card.ghost || life?.isThere === false;
  if (isDashed) pen.setLineDash([3, 2]);
  pen.strokeRect(at.x, at.y, at.width, at.height);
  if (isDashed) pen.setLineDash([]);
  const size = Math.max(8, Math.round(30 * zoom));
  pen.font = `600 ${size}px ${style.fontFamily}`;
  pen.textBaseline = 'middle';
  pen.fillStyle = style.color;
  const figure = life?.figure ?? '';
  const right = at.x + at.width - 10 * zoom;
  pen.textAlign = 'right';
  pen.fillText(figure, right, at.y + at.height / 2);
  pen.textAlign = 'left';
  const taken = figure === '' ? 0 : figure.length + 1;
  const room = Math.floor((at.width - 14 * zoom) / (size * 0.56)) - taken;
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
    [...CATEGORIES, ...LIFE_COLOURS].map((name, at) => [
      name,
      getComputedStyle(swatches.children[at]!).backgroundColor,
    ]),
  );
}
