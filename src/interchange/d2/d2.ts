import type { ReferenceLine } from '../../kinds/reference.ts';
import type { SceneModel } from '../../scene/scene-model.ts';

/** Looks of the classes of line; a line that only says what contains what is not drawn. */
const STYLES: Readonly<Record<ReferenceLine, readonly string[] | undefined>> = {
  reference: [],
  selector: ['style.stroke-dash: 4'],
  owner: ['style.stroke-dash: 2', 'target-arrowhead.shape: none'],
  traffic: ['style.stroke: "#7a45c9"', 'style.stroke-width: 3'],
  containment: undefined,
};

/** A design in the D2 language: namespaces are containers. */
export function d2Of(model: SceneModel): string {
  const frames = new Map(model.frames.map(({ id }, index) => [id, `f${index}`]));
  const names = new Map(model.cards.map(({ id, frame }, index) => [id, `${frames.get(frame)}.n${index}`]));
  const lines = ['direction: right'];
  for (const [id, frame] of frames) {
    lines.push(`${frame}: ${quote(id.slice('frame:'.length) || 'cluster')} {`);
    for (const card of model.cards) {
      if (card.frame !== id) continue;
      const missing = card.ghost ? ' { style.stroke-dash: 4 }' : '';
      lines.push(`  ${names.get(card.id)!.split('.')[1]}: ${quote(`${card.name}\n${card.kind}`)}${missing}`);
    }
    lines.push('}');
  }
  for (const { from, to, line, label } of model.edges) {
    const style = STYLES[line];
    if (!style) continue;
    const caption = label === '' ? '' : `: ${quote(label)}`;
    const block = style.length === 0 ? '' : `${caption === '' ? ':' : ''} { ${style.join('; ')} }`;
    lines.push(`${names.get(from)} -> ${names.get(to)}${caption}${block}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Nothing in a quoted text is read as D2, once quotes, backslashes and the dollar of a variable are escaped. */
function quote(text: string): string {
  return `"${text
    .replaceAll(/["\\$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '')}"`;
}
