import type { LegendWords, NodeWords } from '../../interchange/picture/drawing.ts';
import type { Fill, NodeFacts } from '../../scene/cluster/cluster-plan.ts';
import type { FrameKind, Scene } from '../../scene/scene.ts';
import { cpuText, memoryText } from '../canvas/amounts.ts';
import { CATEGORIES, LINES } from '../canvas/drawn/legend-rows.ts';
import type { Text } from '../i18n.ts';

/** What a frame is called that has no title of its own. */
export function frameWords(t: Text): (kind: FrameKind) => string {
  return (kind) => t(kind === 'tray' ? 'canvas:trayTitle' : `canvas:${kind}`);
}

/** What a picture says beside the names of objects, in the language of the page. */
export function pictureWords(
  t: Text,
  scene: Scene,
): { readonly node: (facts: NodeFacts) => NodeWords; readonly legend: LegendWords } {
  const bar = (label: string, { requested, allocatable }: Fill, text: (amount: number) => string) => ({
    label,
    figures: `${text(requested)} / ${text(allocatable)}`,
    share: allocatable > 0 ? requested / allocatable : requested > 0 ? 2 : 0,
  });
  const present = new Set(scene.cards.map(({ category }) => category));
  return {
    node: ({ zone, isCordoned, taints, room }) => ({
      marks: [...(zone === '' ? [] : [zone]), ...(isCordoned ? [t('canvas:cordoned')] : []), ...taints],
      bars: [
        bar('CPU', room.cpuMilli, cpuText),
        bar(t('canvas:memory'), room.memoryBytes, memoryText),
        bar('Pods', room.pods, String),
      ],
    }),
    legend: {
      categories: CATEGORIES.filter((category) => present.has(category)).map((category) => ({
        category,
        text: t(`canvas:category.${category}`),
      })),
      lines: LINES.map((line) => ({ line, text: t(`canvas:line.${line}`) })),
    },
  };
}
