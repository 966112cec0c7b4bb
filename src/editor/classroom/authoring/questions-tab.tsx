import { Plus, Trash2 } from 'lucide-react';
import { stringAt } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import { Button } from '../../../kit/button.tsx';
import { Choice } from '../../../kit/choice.tsx';
import { itemsOf, withoutItem } from '../../../lessons/authoring/draft.ts';
import { QUESTION_TYPES } from '../../../lessons/question.ts';
import { useText } from '../../i18n.ts';
import { rightText } from '../right-text.ts';
import { useSay } from '../use-say.ts';
import { changeDraft, setField } from './author-lesson.ts';
import { FieldProblems, SaidFields } from './author-fields.tsx';
import { useAuthoring } from './author-state.ts';
import { newQuestion, ofType } from './new-question.ts';
import { QuestionAnswer } from './question-answer.tsx';
import { WhatIfFields } from './what-if-fields.tsx';

/** What the lesson asks; what is right, the run works out. */
export function QuestionsTab() {
  const t = useText();
  const open = useAuthoring((state) => state)!;
  const questions = itemsOf(open.draft, 'questions');
  const last = open.lesson.steps.at(-1)?.id;
  return (
    <div className="author-tab">
      <p className="quiet">{t('authoring:questionsHint')}</p>
      {questions.map((question, index) => (
        <QuestionForm key={stringAt(question, 'id') ?? index} question={question} index={index} />
      ))}
      <Button
        small
        look="primary"
        disabled={last === undefined}
        onPress={() => changeDraft((draft) => newQuestion(draft, last ?? ''))}
      >
        <Plus size={14} aria-hidden /> {t('authoring:addQuestion')}
      </Button>
    </div>
  );
}

function QuestionForm({ question, index }: { readonly question: JsonObject; readonly index: number }) {
  const t = useText();
  const say = useSay();
  const field = `questions[${index}]`;
  const steps = useAuthoring((open) => open?.lesson.steps) ?? [];
  const stepOptions = steps.map(({ id, caption }, at) => ({ id, label: `${at + 1} ${say(caption)}` }));
  const after = stringAt(question, 'after') ?? '';
  return (
    <details className="author-card" open>
      <summary>
        {index + 1}. {say({ en: stringAt(question, 'ask', 'en') ?? '', zh: stringAt(question, 'ask', 'zh') ?? '' })}
      </summary>
      <SaidFields field={`${field}.ask`} label={t('authoring:ask')} multiline />
      <div className="author-row">
        <Choice
          label={t('authoring:after')}
          value={after}
          options={stepOptions}
          onChange={(id) => setField(`${field}.after`, id)}
        />
        <Choice
          label={t('authoring:type')}
          value={stringAt(question, 'type') ?? null}
          options={QUESTION_TYPES.map((id) => ({ id, label: t(`authoring:type.${id}`) }))}
          onChange={(id) => {
            const type = QUESTION_TYPES.find((one) => one === id)!;
            setField(field, ofType(question, type, after));
          }}
        />
        <Choice
          label={t('authoring:moment')}
          value={stringAt(question, 'moment') ?? ''}
          options={[
            { id: '', label: t('authoring:moment.asked') },
            ...stepOptions.filter(({ id }) => id !== after),
            { id: 'end', label: t('authoring:moment.end') },
          ]}
          onChange={(id) => setField(`${field}.moment`, id === '' ? undefined : id)}
        />
      </div>
      <FieldProblems field={`${field}.after`} />
      <FieldProblems field={`${field}.moment`} />
      <QuestionAnswer question={question} field={field} />
      <Right index={index} />
      <WhatIfFields question={question} field={field} />
      <SaidFields field={`${field}.explain`} label={t('authoring:explain')} multiline />
      <Button small look="quiet" onPress={() => changeDraft((draft) => withoutItem(draft, 'questions', index))}>
        <Trash2 size={14} aria-hidden /> {t('authoring:removeQuestion')}
      </Button>
    </details>
  );
}

/** What the simulator says is right, as the lesson is now. */
function Right({ index }: { readonly index: number }) {
  const t = useText();
  const say = useSay();
  const question = useAuthoring((open) => open?.lesson.questions[index]);
  const answer = useAuthoring((open) => open?.check?.answers[index]);
  if (question === undefined || answer === undefined || 'failure' in answer || answer.right.type !== question.type)
    return null;
  return <p className="author-right">{t('classroom:rightAnswer', { answer: rightText(question, answer, say, t) })}</p>;
}
