import { jsonEqual } from '../../base/json.ts';
import type { JsonValue } from '../../base/json.ts';
import { fillText } from '../../lessons/parameters.ts';
import type { Option, Question } from '../../lessons/question.ts';
import type { Said } from '../../lessons/said.ts';
import type { LessonAnswer } from '../../workspace/lessons/answer-lesson.ts';
import type { Text } from '../i18n.ts';

/** What is right, in words. */
export function rightText(
  question: Question,
  { right, values }: LessonAnswer,
  say: (said: Said) => string,
  t: Text,
): string {
  const wordsOf = (options: readonly Option[], value: JsonValue): string => {
    const found = options.find((option) => jsonEqual(option.value, value));
    return found === undefined ? JSON.stringify(value) : fillText(say(found.say), values);
  };
  switch (right.type) {
    case 'number':
      return String(right.value);
    case 'object':
      return right.names.join(', ');
    case 'arrow':
      return `${right.from} → ${right.to}`;
    case 'choice':
      return question.type === 'choice' ? wordsOf(question.options, right.value) : '';
    case 'truth':
      if (question.type !== 'truth') return '';
      return `${t(right.value ? 'classroom:yes' : 'classroom:no')}: ${wordsOf(question.reasons, right.reason)}`;
    case 'order': {
      if (question.type !== 'order') return '';
      const { items } = question;
      return right.ids.map((id) => say(items.find((item) => item.id === id)!.say)).join(' → ');
    }
  }
}
