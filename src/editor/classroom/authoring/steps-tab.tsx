import { BookmarkPlus, HelpCircle, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { stringAt, valueAt } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import { Button } from '../../../kit/button.tsx';
import { Choice } from '../../../kit/choice.tsx';
import { freshId, itemsOf, withItem, withoutItem } from '../../../lessons/authoring/draft.ts';
import { DETAILS } from '../../../lessons/lesson.ts';
import { flowText } from '../../../manifest/print.ts';
import { useText } from '../../i18n.ts';
import { clock } from '../../simulation/steps.ts';
import { useSimulation, useSimulationState } from '../../simulation/simulation-context.ts';
import { useSay } from '../use-say.ts';
import { changeDraft, dropStep, markStep, setField } from './author-lesson.ts';
import { FieldProblems, RemoveButton, SaidFields } from './author-fields.tsx';
import { useAuthoring } from './author-state.ts';
import { newQuestion } from './new-question.ts';

/** Which steps of the run the lesson tells, and what it says of each. */
export function StepsTab() {
  const t = useText();
  const open = useAuthoring((state) => state)!;
  const seq = useSimulationState((state) => state.seq);
  const isRunning = useSimulationState(({ status }) => status === 'running');
  const [said, setSaid] = useState('');
  const steps = itemsOf(open.draft, 'steps');
  return (
    <div className="author-tab">
      <p className="quiet">{t('authoring:stepsHint')}</p>
      <div className="author-buttons">
        <Button
          small
          look="primary"
          disabled={isRunning || seq === 0}
          onPress={() => void markStep().then((outcome) => setSaid(t(`authoring:${outcome}`)))}
        >
          <BookmarkPlus size={14} aria-hidden /> {t('authoring:mark')}
        </Button>
        <output className="quiet">{said}</output>
      </div>
      <FieldProblems field="steps" />
      <ol className="author-steps">
        {steps.map((step, index) => (
          <Step key={stringAt(step, 'id') ?? index} step={step} index={index} />
        ))}
      </ol>
      <Chapters />
    </div>
  );
}

function Step({ step, index }: { readonly step: JsonObject; readonly index: number }) {
  const t = useText();
  const say = useSay();
  const simulation = useSimulation();
  const id = stringAt(step, 'id') ?? '';
  const place = useAuthoring((open) => open?.check?.steps.steps.find((one) => one.id === id));
  const isHere = useSimulationState(({ seq }) => place !== undefined && seq === place.seq);
  const words = say({ en: stringAt(step, 'caption', 'en') ?? '', zh: stringAt(step, 'caption', 'zh') ?? '' });
  return (
    <li className={isHere ? 'author-here' : ''}>
      <button
        type="button"
        className="author-step"
        aria-expanded={isHere}
        onClick={() => place !== undefined && simulation.goTo(place.seq)}
      >
        <b>{index + 1}</b> <span>{words}</span>
        <small>{place === undefined ? '' : clock(place.timeMs)}</small>
      </button>
      {!isHere && <FieldProblems field={`steps[${index}]`} below />}
      {isHere && <StepForm step={step} index={index} id={id} />}
      {place === undefined && (
        <Button small look="quiet" onPress={() => void dropStep(id)}>
          <Trash2 size={14} aria-hidden /> {t('authoring:removeStep')}
        </Button>
      )}
    </li>
  );
}

function StepForm({ step, index, id }: { readonly step: JsonObject; readonly index: number; readonly id: string }) {
  const t = useText();
  const say = useSay();
  const field = `steps[${index}]`;
  const chapters = useAuthoring((open) => open?.lesson.chapters) ?? [];
  return (
    <div className="author-form">
      <SaidFields field={`${field}.caption`} label={t('authoring:caption')} multiline />
      {step['note'] === undefined ? (
        <Button small look="quiet" onPress={() => setField(`${field}.note`, { en: '', zh: '' })}>
          <Plus size={14} aria-hidden /> {t('authoring:addNote')}
        </Button>
      ) : (
        <SaidFields field={`${field}.note`} label={t('authoring:note')} multiline />
      )}
      <div className="author-row">
        <Choice
          label={t('authoring:chapter')}
          value={stringAt(step, 'chapter') ?? null}
          options={chapters.map((chapter) => ({ id: chapter.id, label: say(chapter.title) || chapter.id }))}
          onChange={(chapter) => setField(`${field}.chapter`, chapter)}
        />
        <Choice
          label={t('authoring:detail')}
          value={stringAt(step, 'detail') ?? 'standard'}
          options={DETAILS.map((detail) => ({ id: detail, label: t(`simulation:detail.${detail}`) }))}
          onChange={(detail) => setField(`${field}.detail`, detail)}
        />
      </div>
      <p className="quiet">
        {t('authoring:found')} <code>{flowText(valueAt(step, 'find') ?? {}, 'flow')}</code>
      </p>
      <FieldProblems field={`${field}.find`} below />
      <FieldProblems field={`${field}.chapter`} />
      <FieldProblems field={`${field}.say`} below />
      <div className="author-buttons">
        <Button small onPress={() => changeDraft((draft) => newQuestion(draft, id))}>
          <HelpCircle size={14} aria-hidden /> {t('authoring:askAfter')}
        </Button>
        <Button small look="quiet" onPress={() => void dropStep(id)}>
          <Trash2 size={14} aria-hidden /> {t('authoring:removeStep')}
        </Button>
      </div>
    </div>
  );
}

function Chapters() {
  const t = useText();
  const count = useAuthoring((open) => open?.lesson.chapters.length ?? 0);
  const add = (draft: JsonObject): JsonObject =>
    withItem(draft, 'chapters', count, {
      id: freshId(itemsOf(draft, 'chapters'), 'chapter'),
      title: { en: '', zh: '' },
    });
  return (
    <section>
      <h3>{t('authoring:chapters')}</h3>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="author-item">
          <SaidFields field={`chapters[${index}].title`} label={`${t('authoring:chapter')} ${index + 1}`} />
          <RemoveButton
            name={`${t('authoring:chapter')} ${index + 1}`}
            disabled={count < 2}
            onPress={() => changeDraft((draft) => withoutItem(draft, 'chapters', index))}
          />
          <FieldProblems field={`chapters[${index}]`} />
        </div>
      ))}
      <Button small onPress={() => changeDraft(add)}>
        <Plus size={14} aria-hidden /> {t('authoring:addChapter')}
      </Button>
    </section>
  );
}
