import type { ReferenceLine } from '../../kinds/reference.ts';
import type { SceneModel } from '../../scene/scene-model.ts';

const STYLES: Record<ReferenceLine, string> = {
  reference: 'style=solid',
  selector: 'style=dashed',
  owner: 'style=dotted',
  traffic: 'style=solid, color="#8b5a2b", fontcolor="#8b5a2b"',
  containment: 'style=invis',
};

/** A design in the DOT language: namespaces are clusters. */
export function graphvizOf(model: SceneModel): string {
  const lines = [
    'digraph drydock {',
    '  rankdir=LR;',
    '  node [shape=box, style=rounded, fontname="sans-serif"];',
    '  edge [fontname="monospace", fontsize=10];',
  ];
  model.frames.forEach((frame, index) => {
    lines.push(`  subgraph cluster_${index} {`, `    label=${quote(frame.id.slice('frame:'.length) || 'cluster')};`);
    for (const card of model.cards) {
      if (card.frame !== frame.id) continue;
      const missing = card.ghost ? ', style="rounded,dashed"' : '';
      lines.push(`    ${quote(card.id)} [label=${quote(`${card.name}\n${card.kind}`)}${missing}];`);
    }
    lines.push('  }');
  });
  for (const { from, to, line, label } of model.edges) {
    lines.push(`  ${quote(from)} -> ${quote(to)} [${STYLES[line]}${label === '' ? '' : `, label=${quote(label)}`}];`);
  }
  return `${lines.join('\n')}\n}\n`;
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '')}"`;
}
