import type { NodeFacts } from '../../scene/cluster/cluster-plan.ts';
import { orderOf } from '../../scene/view/drawn-scene.ts';
import { drawnMarkup, groupMarkup } from './drawn-markup.ts';
import type { Box, Drawing, LegendWords, NodeWords } from './drawing.ts';
import { nodeMarkup } from './node-markup.ts';
import { DASHES, PALETTES } from './palette.ts';
import type { Palette } from './palette.ts';
import { escape, fit } from './picture-text.ts';
import { CAPTION_HEIGHT, MAX_POD_MARKS, captionWidth } from '../../scene/metrics.ts';
import type { FrameKind, Point, Scene, SceneCard, SceneEdge, SceneFrame } from '../../scene/scene.ts';

const MARGIN = 32;

export interface PictureOptions {
  readonly theme?: 'light' | 'dark';
  /** Without it the paper shows through: for slides. */
  readonly background?: boolean;
  /** What is said of a Node; nothing where it is left out. */
  readonly node?: (facts: NodeFacts) => NodeWords;
  /** Of a frame without a title of its own: what holds cluster-scoped objects, or Pods that fit on no Node. */
  readonly frame?: (kind: FrameKind) => string;
  /** What the legend says; it is not drawn where it is left out. */
  readonly legend?: LegendWords;
  /** Markup of a kind's icon, drawn 24 by 24 with `currentColor`; its initials stand for it otherwise. */
  readonly icon?: (kind: { readonly group: string; readonly kind: string }) => string | undefined;
}

/**
 * A scene as one SVG file: no script, no style sheet, no link, no foreign object, so that it is inert wherever it is
 * opened. Text is text, in the reader's fonts.
 */
export function pictureOf(scene: Scene, options: PictureOptions = {}): string {
  const palette = PALETTES[options.theme ?? 'light'];
  const drawing = { ...options, palette };
  const drawn = scene.drawn ?? [];
  const boxes = [...scene.frames, ...drawn];
  const left = Math.min(...(boxes.length === 0 ? [0] : boxes.map(({ x }) => x))) - MARGIN;
  const top = Math.min(...(boxes.length === 0 ? [0] : boxes.map(({ y }) => y))) - MARGIN;
  const width = Math.max(0, ...boxes.map((box) => box.x + box.width)) + MARGIN - left;
  const height = Math.max(0, ...boxes.map((box) => box.y + box.height)) + MARGIN - top;
  const frames = new Map(scene.frames.map((frame) => [frame.id, frame]));
  const places = new Map<string, Box>(scene.cards.map((card) => [card.id, absolute(card, frames)]));
  for (const one of [...scene.frames.filter(({ folded }) => folded), ...drawn]) places.set(one.id, one);
  const below = drawn.filter((one) => orderOf(one) < 0);
  const above = drawn.filter((one) => orderOf(one) >= 0);
  const arrow = (id: string, fill: string): string =>
    `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="${fill}"/></marker>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif" font-size="13">`,
    `<defs>${arrow('arrow', palette.edge)}${arrow('arrow-traffic', palette.traffic)}${arrow('arrow-missing', palette.missing)}</defs>`,
    ...(options.background === false
      ? []
      : [`<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${palette.paper}"/>`]),
    ...scene.frames.map((frame) => frameMarkup(frame, drawing)),
    ...(scene.groups ?? []).map((group) => groupMarkup(group, drawing)),
    ...below.map((one) => drawnMarkup(one, drawing)),
    ...scene.edges.map((edge) => edgeMarkup(edge, places, drawing)),
    ...scene.cards.map((card) => cardMarkup(card, places.get(card.id) ?? card, drawing)),
    ...scene.edges.map((edge) => captionMarkup(edge, places, drawing)),
    ...above.map((one) => drawnMarkup(one, drawing)),
    '</svg>',
    '',
  ].join('\n');
}

function absolute(card: SceneCard, frames: ReadonlyMap<string, SceneFrame>): Box {
  const frame = frames.get(card.frame);
  return { ...card, x: card.x + (frame?.x ?? 0), y: card.y + (frame?.y ?? 0) };
}

function frameMarkup({ x, y, width, height, title, kind, node, folded }: SceneFrame, drawing: Drawing): string {
  const { palette, frame } = drawing;
  const text = kind === 'namespace' || title !== '' ? title : (frame?.(kind) ?? kind);
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12" fill="${palette.frame}" stroke="${palette.line}" stroke-width="1.5"/><text x="${x + 14}" y="${y + 24}" font-weight="600" fill="${palette.ink2}">${escape(text)}</text>${node && !folded ? nodeMarkup(node, { x, y, width }, drawing) : ''}`;
}

function cardMarkup(card: SceneCard, { x, y, width, height }: Box, drawing: Drawing): string {
  const { palette } = drawing;
  const border = card.ghost
    ? `fill="none" stroke="${palette.missing}" stroke-dasharray="5 4"`
    : `fill="${palette.card}" stroke="${palette.line}"`;
  const fact = [card.kindWord, card.fact].filter((text) => text !== undefined).join(' · ');
  const detail =
    card.detail === undefined
      ? ''
      : `<text x="${x + 12}" y="${y + 68}" font-size="11" font-family="ui-monospace, monospace" fill="${palette.ink2}">${escape(fit(card.detail, 28))}</text>`;
  return [
    `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" ${border}/>`,
    iconMarkup(card, x + 10, y + 13, drawing),
    `<text x="${x + 50}" y="${y + 25}" font-weight="600" fill="${card.ghost ? palette.missing : palette.ink}">${escape(fit(card.name, 19))}</text>`,
    `<text x="${x + 50}" y="${y + 42}" font-size="11" fill="${palette.ink3}">${escape(fit(fact, 26))}</text>`,
    `${detail}${podMarks(card, x, y, drawing)}</g>`,
  ].join('');
}

function iconMarkup(card: SceneCard, x: number, y: number, { palette, icon }: Drawing): string {
  const colour = palette.category[card.category];
  const block = `<rect x="${x}" y="${y}" width="30" height="30" rx="8" fill="${colour}"/>`;
  const drawn = icon?.(card);
  if (drawn !== undefined) {
    return `${block}<g transform="translate(${x + 6} ${y + 6}) scale(.75)" fill="none" stroke="${palette.onCategory}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${drawn}</g>`;
  }
  return `${block}<text x="${x + 15}" y="${y + 20}" text-anchor="middle" font-size="12" font-weight="700" fill="${palette.onCategory}">${escape(initials(card.kind))}</text>`;
}

/** A mark for each Pod that is asked for, as on the canvas. */
function podMarks({ pods, height }: SceneCard, x: number, y: number, { palette }: Drawing): string {
  if (pods === undefined) return '';
  const shown = Math.min(pods, MAX_POD_MARKS);
  const marks = Array.from(
    { length: shown },
    (_, at) =>
      `<rect x="${x + 12 + at * 16}" y="${y + height - 23}" width="12" height="12" rx="4" fill="none" stroke="${palette.ink3}" stroke-width="1.5"/>`,
  );
  const rest =
    pods > shown
      ? `<text x="${x + 14 + shown * 16}" y="${y + height - 13}" font-size="11" fill="${palette.ink3}">+${pods - shown}</text>`
      : '';
  return marks.join('') + rest;
}

function edgeMarkup(edge: SceneEdge, places: ReadonlyMap<string, Box>, { palette }: Drawing): string {
  const [from, to] = [places.get(edge.from), places.get(edge.to)];
  if (!from || !to) return '';
  const points = pointsOf(edge, from, to);
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
  const tone = !edge.resolved ? 'missing' : edge.line === 'traffic' ? 'traffic' : 'edge';
  const marker = tone === 'edge' ? 'arrow' : `arrow-${tone}`;
  const head = edge.line === 'owner' || edge.line === 'containment' ? '' : ` marker-end="url(#${marker})"`;
  return `<path d="${path}" fill="none" stroke="${palette[tone]}" stroke-width="1.5" stroke-linejoin="round"${DASHES[edge.line] ?? ''}${head}/>`;
}

function pointsOf(edge: SceneEdge, from: Box, to: Box): readonly Point[] {
  return edge.points.length > 1 ? edge.points : straight(from, to);
}

/** What an edge says; above the cards, which may stand closer together than it is long. */
function captionMarkup(edge: SceneEdge, places: ReadonlyMap<string, Box>, { palette }: Drawing): string {
  const [from, to] = [places.get(edge.from), places.get(edge.to)];
  return from && to ? caption(edge.label, pointsOf(edge, from, to), palette) : '';
}

/** From the side of one card to the side of the other that looks at it. */
function straight(from: Box, to: Box): readonly Point[] {
  const right = to.x >= from.x + from.width;
  const left = from.x >= to.x + to.width;
  const y = (box: Box): number => box.y + box.height / 2;
  if (right || left) {
    return [
      { x: right ? from.x + from.width : from.x, y: y(from) },
      { x: right ? to.x : to.x + to.width, y: y(to) },
    ];
  }
  const below = to.y > from.y;
  return [
    { x: from.x + from.width / 2, y: below ? from.y + from.height : from.y },
    { x: to.x + to.width / 2, y: below ? to.y : to.y + to.height },
  ];
}

function caption(label: string, points: readonly Point[], palette: Palette): string {
  if (label === '') return '';
  const middle = longestMiddle(points);
  const width = captionWidth(label);
  const box = `x="${round(middle.x - width / 2)}" y="${round(middle.y - CAPTION_HEIGHT / 2)}" width="${width}" height="${CAPTION_HEIGHT}"`;
  return `<rect ${box} rx="4" fill="${palette.frame}"/><text x="${round(middle.x)}" y="${round(middle.y + 4)}" text-anchor="middle" font-size="10.5" font-family="ui-monospace, monospace" fill="${palette.ink2}">${escape(label)}</text>`;
}

function longestMiddle(points: readonly Point[]): Point {
  let best: Point = points[0]!;
  let length = -1;
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1]!, points[index]!];
    const distance = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    if (distance > length) {
      length = distance;
      best = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    }
  }
  return best;
}

/** The capitals of a kind: `HPA`, `PVC`, `D`. */
function initials(kind: string): string {
  return (kind.match(/[A-Z]/g) ?? [kind.slice(0, 1).toUpperCase()]).slice(0, 3).join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
