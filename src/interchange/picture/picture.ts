import type { ReferenceLine } from '../../kinds/reference.ts';
import type { Category } from '../../kinds/kind.ts';
import { CAPTION_HEIGHT, captionWidth } from '../../scene/metrics.ts';
import type { Point, Scene, SceneCard, SceneEdge, SceneFrame } from '../../scene/scene.ts';

const MARGIN = 32;

/** Light colours of the page's tokens; a picture stands on paper. */
const CATEGORY: Record<Category, string> = {
  workload: '#2563c9',
  network: '#7a45c9',
  config: '#b97a06',
  storage: '#0f8a7e',
  access: '#c23b6b',
  cluster: '#52647a',
  custom: '#52647a',
};
const LINES: Record<ReferenceLine | 'drawn', string> = {
  drawn: 'stroke="#4b5a6b"',
  reference: 'stroke="#6b7a8a"',
  selector: 'stroke="#6b7a8a" stroke-dasharray="6 4"',
  owner: 'stroke="#6b7a8a" stroke-dasharray="2 4"',
  traffic: 'stroke="#b05a1e"',
  containment: 'stroke="none"',
};

/**
 * A scene as one SVG file: no script, no style sheet, no link, no foreign object, so that it is inert wherever it is
 * opened. Text is text, in the reader's fonts.
 */
export function pictureOf(scene: Scene): string {
  const width = Math.max(0, ...scene.frames.map((frame) => frame.x + frame.width)) + 2 * MARGIN;
  const height = Math.max(0, ...scene.frames.map((frame) => frame.y + frame.height)) + 2 * MARGIN;
  const frames = new Map(scene.frames.map((frame) => [frame.id, frame]));
  const places = new Map(scene.cards.map((card) => [card.id, absolute(card, frames)]));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif" font-size="13">`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="#6b7a8a"/></marker></defs>',
    `<rect x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}" fill="#f4f6f9"/>`,
    ...scene.frames.map(frameMarkup),
    ...scene.edges.map((edge) => edgeMarkup(edge, places)),
    ...scene.cards.map((card) => cardMarkup(card, places.get(card.id)!)),
    '</svg>',
    '',
  ].join('\n');
}

type Box = SceneCard;

function absolute(card: SceneCard, frames: ReadonlyMap<string, SceneFrame>): Box {
  const frame = frames.get(card.frame);
  return { ...card, x: card.x + (frame?.x ?? 0), y: card.y + (frame?.y ?? 0) };
}

function frameMarkup({ x, y, width, height, title, kind }: SceneFrame): string {
  const text = kind === 'cluster' ? 'cluster' : title;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12" fill="#fafbfd" stroke="#dde3ea" stroke-width="1.5"/><text x="${x + 14}" y="${y + 24}" font-weight="600" fill="#4b5a6b">${escape(text)}</text>`;
}

function cardMarkup(card: SceneCard, { x, y, width, height }: Box): string {
  const colour = CATEGORY[card.category];
  const border = card.ghost ? 'fill="none" stroke="#c9372c" stroke-dasharray="5 4"' : 'fill="#fff" stroke="#dde3ea"';
  const fact = [card.kindWord, card.fact].filter((text) => text !== undefined).join(' · ');
  const detail =
    card.detail === undefined
      ? ''
      : `<text x="${x + 12}" y="${y + 68}" font-size="11" font-family="ui-monospace, monospace" fill="#4b5a6b">${escape(fit(card.detail, 30))}</text>`;
  return [
    `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" ${border}/>`,
    `<rect x="${x + 10}" y="${y + 13}" width="30" height="30" rx="8" fill="${colour}"/>`,
    `<text x="${x + 25}" y="${y + 33}" text-anchor="middle" font-size="12" font-weight="700" fill="#fff">${escape(initials(card.kind))}</text>`,
    `<text x="${x + 50}" y="${y + 25}" font-weight="600" fill="${card.ghost ? '#c9372c' : '#17202c'}">${escape(fit(card.name, 19))}</text>`,
    `<text x="${x + 50}" y="${y + 42}" font-size="11" fill="#66758a">${escape(fit(fact, 26))}</text>`,
    `${detail}</g>`,
  ].join('');
}

function edgeMarkup(edge: SceneEdge, places: ReadonlyMap<string, Box>): string {
  const points = edge.points.length > 1 ? edge.points : straight(places.get(edge.from)!, places.get(edge.to)!);
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
  const head = edge.line === 'owner' ? '' : ' marker-end="url(#arrow)"';
  return `<path d="${path}" fill="none" stroke-width="1.5" stroke-linejoin="round" ${LINES[edge.line]}${head}/>${caption(edge.label, points)}`;
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

function caption(label: string, points: readonly Point[]): string {
  if (label === '') return '';
  const middle = longestMiddle(points);
  const width = captionWidth(label);
  const box = `x="${round(middle.x - width / 2)}" y="${round(middle.y - CAPTION_HEIGHT / 2)}" width="${width}" height="${CAPTION_HEIGHT}"`;
  return `<rect ${box} rx="4" fill="#fafbfd"/><text x="${round(middle.x)}" y="${round(middle.y + 4)}" text-anchor="middle" font-size="10.5" font-family="ui-monospace, monospace" fill="#4b5a6b">${escape(label)}</text>`;
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

function fit(text: string, places: number): string {
  return text.length > places ? `${text.slice(0, places - 1)}…` : text;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Markup signs as entities; signs that no XML file may hold, or that turn the reading direction, as their code. */
function escape(text: string): string {
  return text
    .replaceAll(
      // Control characters are what is looked for.
      // oxlint-disable-next-line no-control-regex
      /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
