import type { NodeFacts } from '../../scene/cluster/cluster-plan.ts';
import type { Box, Drawing } from './drawing.ts';
import { escape, fit } from './picture-text.ts';

/** Where the facts of a Node begin under its title, and the room of a line of them; as on the canvas. */
const TOP = 36;
const LINE = 19;
const LABEL = 52;
const FIGURES = 84;
const NEARLY_FULL = 0.8;

/** Zone and taints of a Node, and how much of it is asked for. */
export function nodeMarkup(facts: NodeFacts, { x, y, width }: Omit<Box, 'height'>, { palette, node }: Drawing): string {
  const words = node?.(facts);
  if (!words) return '';
  const marks = `<text x="${x + 16}" y="${y + TOP + 12}" font-size="11" fill="${palette.ink3}">${escape(fit(words.marks.join(' · '), Math.floor((width - 32) / 6)))}</text>`;
  const left = x + 16 + LABEL;
  const track = Math.max(20, width - 32 - LABEL - FIGURES - 8);
  const bars = words.bars.map(({ label, figures, share }, at) => {
    const middle = y + TOP + LINE * (at + 1) + 8;
    const tone = share > 1 ? palette.missing : share >= NEARLY_FULL ? palette.warn : palette.category.workload;
    const filled = Math.round(track * Math.min(1, Math.max(0, share)) * 10) / 10;
    return [
      `<text x="${x + 16}" y="${middle + 4}" font-size="11" fill="${palette.ink2}">${escape(label)}</text>`,
      `<rect x="${left}" y="${middle - 3}" width="${track}" height="6" rx="3" fill="${palette.line}"/>`,
      `<rect x="${left}" y="${middle - 3}" width="${filled}" height="6" rx="3" fill="${tone}"/>`,
      `<text x="${x + width - 16}" y="${middle + 4}" text-anchor="end" font-size="11" fill="${share > 1 ? palette.missing : palette.ink2}">${escape(figures)}</text>`,
    ].join('');
  });
  return `<g>${marks}${bars.join('')}</g>`;
}
