import type { ReferenceLine } from '../../kinds/reference.ts';
import type { SceneModel } from '../../scene/scene-model.ts';

/** Arrows of the four classes of line. */
const ARROWS: Record<ReferenceLine, string> = {
  reference: '-->',
  selector: '-.->',
  owner: '-.-',
  traffic: '==>',
  containment: '---',
};

/** A design as a Mermaid flowchart: namespaces are subgraphs. */
export function mermaidOf(model: SceneModel): string {
  const names = new Map(model.cards.map(({ id }, index) => [id, `n${index}`]));
  const lines = ['flowchart LR'];
  model.frames.forEach((frame, index) => {
    const cards = model.cards.filter((card) => card.frame === frame.id);
    lines.push(`  subgraph f${index}["${escape(frame.id.slice('frame:'.length) || 'cluster')}"]`);
    for (const card of cards) {
      const [open, close] = card.ghost ? ['(["', '"])'] : ['["', '"]'];
      lines.push(`    ${names.get(card.id)}${open}${escape(card.name)}<br/>${escape(card.kind)}${close}`);
    }
    lines.push('  end');
  });
  for (const { from, to, line, label } of model.edges) {
    const caption = label === '' ? '' : `|"${escape(label)}"|`;
    lines.push(`  ${names.get(from)} ${ARROWS[line]}${caption} ${names.get(to)}`);
  }
  const ghosts = model.cards.filter(({ ghost }) => ghost).map(({ id }) => names.get(id));
  if (ghosts.length > 0) lines.push(`  classDef missing stroke-dasharray: 4 3`, `  class ${ghosts.join(',')} missing`);
  return `${lines.join('\n')}\n`;
}

/** Mermaid reads HTML entities in quoted text, and nothing else is safe in it. */
function escape(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9 .,:/_\-\u0080-\uffff]/g, (sign) => `#${sign.codePointAt(0)};`);
}
