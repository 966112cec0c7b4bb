import { visibleText } from '../../kit/visible-text.ts';
import type { SceneCard, SceneDrawn } from '../../scene/scene.ts';
import type { Text } from '../i18n.ts';
import type { NodeWords } from './flow-nodes.ts';
import { frameWord } from './frame-node.tsx';

/** What a screen reader says of what stands in the picture. */
export function nodeWords(t: Text): NodeWords {
  return {
    card: (card) => describeCard(t, card),
    drawn: (drawn) => drawnWords(t, drawn),
    group: (group) => t('canvas:groupNamed', { name: visibleText(group.title), count: group.cards }),
    frame: (frame) => [frameWord(t, frame), visibleText(frame.title)].filter(Boolean).join(' '),
  };
}

/** What a screen reader says of something drawn. */
export function drawnWords(t: Text, { drawn }: SceneDrawn): string {
  const text = drawn.type === 'legend' ? '' : visibleText(drawn.text);
  return [t(`canvas:drawn.${drawn.type}`), text].filter(Boolean).join(', ');
}

/** What a screen reader says of a card. */
function describeCard(t: Text, card: SceneCard): string {
  const words = [card.kind, visibleText(card.name)];
  if (card.ghost) words.push(t('canvas:missing'));
  if (card.id !== card.record && card.pods !== undefined) words.push(t('canvas:podCount', { count: card.pods }));
  if (card.reason !== undefined) words.push(card.reason);
  if (card.fact !== undefined) words.push(visibleText(card.fact));
  if (card.errors > 0) words.push(t('canvas:errors', { count: card.errors }));
  if (card.warnings > 0) words.push(t('canvas:warnings', { count: card.warnings }));
  return words.join(', ');
}
