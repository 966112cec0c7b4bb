import type { ActorKind } from '../../design/drawn.ts';
import type { SceneDrawn, SceneGroup } from '../../scene/scene.ts';
import type { Drawing } from './drawing.ts';
import { DASHES } from './palette.ts';
import { escape, fit, wrapped } from './picture-text.ts';

const DISKS =
  '<ellipse cx="12" cy="5" rx="8" ry="3"/><path d="M4 5v14c0 2 4 3 8 3s8-1 8-3V5M4 12c0 2 4 3 8 3s8-1 8-3"/>';
const RACK =
  '<rect x="3" y="3" width="18" height="7" rx="2"/><rect x="3" y="14" width="18" height="7" rx="2"/><path d="M7 6.5h1M7 17.5h1"/>';
const DEVICE = '<rect x="6" y="2" width="12" height="20" rx="2"/><path d="M11 18h2"/>';

/** Lines of an actor's icon, drawn 24 by 24. */
const ACTORS: Readonly<Record<ActorKind, string>> = {
  user: '<circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/>',
  database: DISKS,
  saas: '<path d="M7 19h10a5 5 0 0 0 1-9.9A7 7 0 0 0 4.5 11 4 4 0 0 0 7 19z"/>',
  queue: '<path d="M3 6h18v12H3zM9 6v12M15 6v12"/>',
  device: DEVICE,
  kubectl: DEVICE,
  'kube-apiserver': RACK,
  etcd: DISKS,
  'kube-scheduler':
    '<circle cx="12" cy="5" r="3"/><circle cx="5" cy="19" r="3"/><circle cx="19" cy="19" r="3"/><path d="M11 8 6 16M13 8l5 8"/>',
  'kube-controller-manager': '<path d="M20 12a8 8 0 0 1-14 5M4 12a8 8 0 0 1 14-5M18 3v4h-4M6 21v-4h4"/>',
  kubelet: RACK,
  'kube-proxy': '<path d="M4 8h14l-4-4M20 16H6l4 4"/>',
  containerd: '<path d="M12 3 21 8v8l-9 5-9-5V8z"/><path d="M3 8l9 5 9-5M12 13v8"/>',
};
/** Room that a Latin sign takes at the sizes used here, in canvas units. */
const SIGN = 6.6;

/** A note, an actor, the title or the legend, as on the canvas. */
export function drawnMarkup(one: SceneDrawn, drawing: Drawing): string {
  const { drawn, x, y, width, height } = one;
  const { palette } = drawing;
  switch (drawn.type) {
    case 'note': {
      const most = Math.max(1, Math.floor((height - 14) / 18));
      const lines = wrapped(drawn.text, Math.floor((width - 20) / SIGN), most);
      const text = lines.map((line, at) => `<tspan x="${x + 10}" y="${y + 22 + at * 18}">${escape(line)}</tspan>`);
      return `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${palette.note}"/><text font-size="12.5" fill="${palette.onNote}">${text.join('')}</text></g>`;
    }
    case 'actor': {
      const lines = wrapped(drawn.text, Math.floor((width - 12) / SIGN), 2);
      const text = lines.map(
        (line, at) => `<tspan x="${x + width / 2}" y="${y + 50 + at * 16}">${escape(line)}</tspan>`,
      );
      return `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${palette.card}" stroke="${palette.ink3}" stroke-width="1.5" stroke-dasharray="5 4"/><g transform="translate(${x + width / 2 - 11} ${y + 10}) scale(.9)" fill="none" stroke="${palette.ink2}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${ACTORS[drawn.what]}</g><text text-anchor="middle" font-size="12.5" font-weight="500" fill="${palette.ink2}">${text.join('')}</text></g>`;
    }
    case 'title':
      return `<text x="${x}" y="${y + height / 2 + 9}" font-size="26" font-weight="650" fill="${palette.ink}">${escape(drawn.text.replaceAll('\n', ' '))}</text>`;
    case 'legend':
      return legendMarkup(one, drawing);
  }
}

function legendMarkup({ x, y, width, height }: SceneDrawn, { palette, legend }: Drawing): string {
  if (!legend) return '';
  const row = (at: number, gap: number): number => y + 26 + at * 20 + gap;
  const categories = legend.categories.map(
    ({ category, text }, at) =>
      `<rect x="${x + 14}" y="${row(at, -10)}" width="12" height="12" rx="3" fill="${palette.category[category]}"/>${label(x + 56, row(at, 0), text, palette.ink2)}`,
  );
  const first = categories.length;
  const lines = legend.lines.map(
    ({ line, text }, at) =>
      `<path d="M${x + 14} ${row(first + at, 6)}h30" fill="none" stroke="${line === 'traffic' ? palette.traffic : palette.edge}" stroke-width="1.5"${DASHES[line] ?? ''}/>${label(x + 56, row(first + at, 10), text, palette.ink2)}`,
  );
  return `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${palette.card}" stroke="${palette.line}"/>${categories.join('')}${lines.join('')}</g>`;
}

function label(x: number, y: number, text: string, fill: string): string {
  return `<text x="${x}" y="${y}" font-size="12" fill="${fill}">${escape(text)}</text>`;
}

/** The box of a group, with its name. */
export function groupMarkup({ x, y, width, height, title }: SceneGroup, { palette }: Drawing): string {
  const name = fit(title, Math.max(1, Math.floor((width - 16) / SIGN)));
  return `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="${palette.accentSoft}" fill-opacity=".6" stroke="${palette.accent}" stroke-width="1.5" stroke-dasharray="5 4"/><text x="${x + 8}" y="${y + 16}" font-size="12" font-weight="600" fill="${palette.ink2}">${escape(name)}</text></g>`;
}
