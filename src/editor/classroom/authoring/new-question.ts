import type { JsonObject } from '../../../base/json.ts';
import { freshId, itemsOf, withItem } from '../../../lessons/authoring/draft.ts';
import type { QUESTION_TYPES } from '../../../lessons/question.ts';

type QuestionType = (typeof QUESTION_TYPES)[number];
const EMPTY = { en: '', zh: '' };

/** The lesson with a question after a step: how many Pods there are then, until it is written otherwise. */
export function newQuestion(draft: JsonObject, after: string): JsonObject {
  const questions = itemsOf(draft, 'questions');
  const question = { id: freshId(questions, 'question'), after, type: 'number', ask: EMPTY, answer: 'size(pods)' };
  return withItem(draft, 'questions', questions.length, { ...question, explain: EMPTY });
}

/** What all types of questions have. */
const COMMON = ['id', 'after', 'ask', 'moment', 'whatIf', 'explain', 'say', 'proof', 'evidence'] as const;

/** The same question as another type, with something to begin with. */
export function ofType(question: JsonObject, type: QuestionType, after: string): JsonObject {
  const kept = Object.fromEntries(
    COMMON.flatMap((key) => (question[key] === undefined ? [] : [[key, question[key]] as const])),
  );
  return { ...kept, type, ...startOf(type, after) };
}

function startOf(type: QuestionType, after: string): JsonObject {
  switch (type) {
    case 'choice':
      return {
        answer: 'size(readyPods)',
        options: [
          { value: 0, say: EMPTY },
          { value: 1, say: EMPTY },
        ],
      };
    case 'object':
      return { kind: 'Pod', answer: 'pods[0].metadata.name', from: 'pods.map(p, p.metadata.name)' };
    case 'number':
      return { answer: 'size(pods)' };
    case 'order':
      return { items: [] };
    case 'arrow':
      return { step: after };
    case 'truth':
      return {
        answer: 'size(readyPods) == size(pods)',
        reason: "size(readyPods) == size(pods) ? 'yes' : 'no'",
        reasons: [
          { value: 'yes', say: EMPTY },
          { value: 'no', say: EMPTY },
        ],
      };
  }
}
