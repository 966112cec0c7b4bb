import type { Frame, FramePod, PodState } from '../../../workspace/simulation/frame.ts';
import { componentName } from '../../../workspace/simulation/caption.ts';
import type { LogEntry } from '../../../workspace/simulation/simulation.ts';
import type { Box } from '../control-plane-layout.ts';
import { edgePoint, layoutControlPlane } from '../control-plane-layout.ts';

/** Size of a picture, in pixels of SVG. */
export const PICTURE = { width: 960, height: 540 } as const;
const CAPTION_HEIGHT = 60;
const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', sans-serif";

/** What is written on a picture, in the language of whoever reads it. */
export interface PictureWords {
  /** One or two lines; none for a picture that has its caption beside it. */
  readonly captions: readonly string[];
  /** What is read aloud for the picture. */
  readonly title: string;
  /** `t = 5.032 s`. */
  readonly time: string;
  readonly podStates: Readonly<Record<PodState, string>>;
}

/** One step as a picture that stands by itself: components, Nodes with their Pods, the message on its way, its caption. */
export function stepSvg(frame: Frame, step: LogEntry, number: number, words: PictureWords): string {
  const { width } = PICTURE;
  const upper = PICTURE.height - CAPTION_HEIGHT;
  const height = words.captions.length === 0 ? upper : PICTURE.height;
  const layout = layoutControlPlane(frame, width, upper);
  const boxes = [...layout.boxes.values()];
  const [from, to] = [layout.boxOf(step.from, step.to), layout.boxOf(step.to, step.from)];
  const server = boxes.find(({ role }) => role === 'apiserver');
  const lit = new Set([from?.id, to?.id]);
  const down = new Set(frame.components.filter(({ isRunning }) => !isRunning).map(({ id }) => id));
  const ways = server === undefined ? [] : boxes.filter((box) => box !== server).map((box) => way(box, server));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FONT}" role="img" aria-label="${escaped(words.title)}">`,
    `<rect width="${width}" height="${height}" fill="#f4f6f9"/>`,
    ...ways,
    ...boxes.map((box) => boxMarkup(box, frame, lit.has(box.id), isDown(box, down), words)),
    from && to ? message(from, to, step) : '',
    text(words.time, width - 16, 24, { size: 12, anchor: 'end', fill: '#4b5a6b', mono: true }),
    words.captions.length === 0 ? '' : captionMarkup(number, words),
    '</svg>',
  ].join('\n');
}

function isDown(box: Box, down: ReadonlySet<string>): boolean {
  return down.has(box.id) || (box.role === 'node' && down.has(`kubelet/${box.id.slice('node/'.length)}`));
}

function way(from: Box, to: Box): string {
  const [a, b] = [edgePoint(from, to), edgePoint(to, from)];
  return `<line x1="${n(a.x)}" y1="${n(a.y)}" x2="${n(b.x)}" y2="${n(b.y)}" stroke="#dde3ea"/>`;
}

const TONES: Readonly<Record<string, string>> = {
  request: '#1d5fc4',
  response: '#52647a',
  watch: '#7a45c9',
  raft: '#0c8075',
  packet: '#147a41',
  internal: '#4b5a6b',
  fault: '#c22f25',
};
const RUNTIME_TONE = '#a86c00';
const DASHES: Readonly<Record<string, string>> = { watch: '8 4', cri: '2 4', cni: '2 4', csi: '2 4' };

/** A filled head where the data goes, a thin one from who opened the connection. */
function message(from: Box, to: Box, step: LogEntry): string {
  const tone = TONES[step.class] ?? RUNTIME_TONE;
  const isInside = from === to;
  const top = { x: from.x + from.width / 2, y: from.y - 2 };
  const [a, b] = isInside ? [top, top] : [edgePoint(from, to), edgePoint(to, from)];
  const angle = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
  const dash = DASHES[step.class] === undefined ? '' : ` stroke-dasharray="${DASHES[step.class] ?? ''}"`;
  const openedByReceiver = step.opener === step.to || step.class === 'response';
  const line = isInside
    ? ''
    : `<line x1="${n(a.x)}" y1="${n(a.y)}" x2="${n(b.x)}" y2="${n(b.y)}" stroke="${tone}" stroke-width="2.5"${dash}/>` +
      `<path d="M 0 0 L -14 -6 L -14 6 Z" fill="${tone}" transform="translate(${n(b.x)} ${n(b.y)}) rotate(${n(angle)})"/>` +
      (openedByReceiver
        ? `<path d="M 10 -6 L 0 0 L 10 6" fill="none" stroke="${tone}" stroke-width="1.5" transform="translate(${n(a.x)} ${n(a.y)}) rotate(${n(angle)})"/>`
        : '');
  const label = [step.verb, step.object?.split('/')[0] ?? ''].filter(Boolean).join(' ');
  const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  const wide = label.length * 7.4 + 18;
  const round = step.class === 'watch' ? 10 : 4;
  return `${line}<rect x="${n(x - wide / 2)}" y="${n(y - 11)}" width="${n(wide)}" height="22" rx="${round}" fill="${tone}"/>${text(label, x, y + 4, { size: 12, fill: '#ffffff', anchor: 'middle', weight: 600, mono: true })}`;
}

function boxMarkup(box: Box, frame: Frame, isLit: boolean, down: boolean, words: PictureWords): string {
  const { x, y, width, height } = box;
  const stroke = down ? '#c22f25' : isLit ? '#1d5fc4' : '#c3ccd6';
  const rect = `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="10" fill="${down ? '#fdebe9' : '#ffffff'}" stroke="${stroke}" stroke-width="${isLit ? 2 : 1}"${down ? ' stroke-dasharray="5 4"' : ''}/>`;
  const node = frame.nodes.find(({ name }) => `node/${name}` === box.id);
  if (node === undefined) {
    const name = box.role === 'person' ? 'kubectl' : box.role === 'more' ? '…' : componentName(box.id);
    return rect + text(name, x + width / 2, y + height / 2 + 5, { size: 14, anchor: 'middle', weight: 600 });
  }
  const room = Math.max(1, Math.floor((width - 20) / 22));
  const state = node.ready === 'True' ? '' : `Ready: ${node.ready}`;
  return [
    rect,
    text(node.name, x + 12, y + 22, { size: 13, weight: 600 }),
    text(state, x + width - 10, y + 22, { size: 11, anchor: 'end', fill: '#c22f25' }),
    ...node.pods
      .slice(0, room * Math.max(1, Math.floor((height - 44) / 22)))
      .map((pod, at) => podMarkup(pod, x + 12 + (at % room) * 22, y + 34 + Math.floor(at / room) * 22, words)),
  ].join('');
}

const PODS: Readonly<Record<PodState, { readonly fill: string; readonly stroke: string; readonly dash?: string }>> = {
  pending: { fill: '#ffffff', stroke: '#5d6c7d', dash: '3 2' },
  creating: { fill: '#fdf0e0', stroke: '#a85400' },
  waiting: { fill: '#fdebe9', stroke: '#c22f25', dash: '1 2' },
  running: { fill: '#fdf0e0', stroke: '#147a41' },
  ready: { fill: '#e3f4ea', stroke: '#147a41' },
  terminating: { fill: 'none', stroke: '#5d6c7d', dash: '5 2' },
  succeeded: { fill: '#147a41', stroke: '#147a41' },
  failed: { fill: '#c22f25', stroke: '#c22f25' },
};

function podMarkup({ namespace, name, state }: FramePod, x: number, y: number, { podStates }: PictureWords): string {
  const { fill, stroke, dash } = PODS[state];
  const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
  return `<rect x="${n(x)}" y="${n(y)}" width="17" height="17" rx="4" fill="${fill}" stroke="${stroke}" stroke-width="2"${dashes}><title>${escaped(`${namespace}/${name}: ${podStates[state]}`)}</title></rect>`;
}

function captionMarkup(number: number, { captions }: PictureWords): string {
  const { width, height } = PICTURE;
  const top = height - CAPTION_HEIGHT;
  const [first = '', second] = captions;
  const middle = top + (second === undefined ? 35 : 26);
  return [
    `<rect y="${top}" width="${width}" height="${CAPTION_HEIGHT}" fill="#ffffff"/>`,
    `<line y1="${top}" y2="${top}" x2="${width}" stroke="#dde3ea"/>`,
    text(`${number}`, 24, middle, { size: 15, weight: 700, fill: '#1d5fc4' }),
    text(first, width / 2, middle, { size: first.length > 90 ? 13 : 16, anchor: 'middle', weight: 600 }),
    second === undefined ? '' : text(second, width / 2, top + 48, { size: 13, anchor: 'middle', fill: '#4b5a6b' }),
  ].join('');
}

interface Letters {
  readonly size: number;
  readonly anchor?: 'middle' | 'end';
  readonly weight?: number;
  readonly fill?: string;
  readonly mono?: boolean;
}

function text(words: string, x: number, y: number, { size, anchor, weight, fill, mono }: Letters): string {
  if (words === '') return '';
  const more = [
    anchor === undefined ? '' : ` text-anchor="${anchor}"`,
    weight === undefined ? '' : ` font-weight="${weight}"`,
    mono === true ? ' font-family="ui-monospace, Menlo, monospace"' : '',
  ].join('');
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}" fill="${fill ?? '#17202c'}"${more}>${escaped(words)}</text>`;
}

/** At most one digit behind the point. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML and HTML have it. */
export function escaped(words: string): string {
  return words.replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);
}
