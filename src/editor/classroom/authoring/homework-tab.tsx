import { Plus, Trash2 } from 'lucide-react';
import { arrayAt, isJsonObject, stringAt } from '../../../base/json.ts';
import type { JsonValue } from '../../../base/json.ts';
import { Button } from '../../../kit/button.tsx';
import { Toggle } from '../../../kit/choice.tsx';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { freshId } from '../../../lessons/authoring/draft.ts';
import { useText } from '../../i18n.ts';
import { useSay } from '../use-say.ts';
import { useWorkspaceState } from '../../workspace-context.ts';
import { FieldProblems, NumberField, RemoveButton, SaidFields, TextField, useDraftValue } from './author-fields.tsx';
import { setField } from './author-lesson.ts';
import { useAuthoring } from './author-state.ts';

/** The lesson as homework: what may be changed, what may be added, what counts. */
export function HomeworkTab() {
  const t = useText();
  const homework = useDraftValue('homework');
  if (!isJsonObject(homework))
    return (
      <div className="author-tab">
        <p className="quiet">{t('authoring:homeworkHint')}</p>
        <Button
          small
          onPress={() => setField('homework', { task: { en: '', zh: '' }, locked: [], questions: [], checks: [] })}
        >
          <Plus size={14} aria-hidden /> {t('authoring:makeHomework')}
        </Button>
      </div>
    );
  return (
    <div className="author-tab">
      <SaidFields field="homework.task" label={t('authoring:task')} multiline />
      <Locked />
      <CommitInput
        label={t('authoring:palette')}
        hint={t('authoring:paletteHint')}
        value={textsAt(homework['palette']).join(', ')}
        onCommit={(text) => {
          const kinds = text.split(/[\s,，、]+/).filter((kind) => kind !== '');
          setField('homework.palette', kinds.length === 0 ? undefined : kinds);
          return undefined;
        }}
      />
      <FieldProblems field="homework.palette" below />
      <Counted />
      <Checks />
      <Button small look="quiet" onPress={() => setField('homework', undefined)}>
        <Trash2 size={14} aria-hidden /> {t('authoring:noHomework')}
      </Button>
    </div>
  );
}

function textsAt(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Objects of the design that stay as they are. */
function Locked() {
  const t = useText();
  const locked = textsAt(useDraftValue('homework.locked'));
  const records = useWorkspaceState(({ design }) => design.records);
  const identities = [...new Set([...records.values()].map(({ identity }) => identity))];
  const all = [...identities, ...locked.filter((one) => !identities.includes(one))];
  return (
    <Chosen
      field="homework.locked"
      label={t('authoring:locked')}
      options={all.map((identity) => ({ id: identity, label: identity }))}
    />
  );
}

/** Questions whose answers count. */
function Counted() {
  const t = useText();
  const say = useSay();
  const questions = useAuthoring((open) => open?.lesson.questions) ?? [];
  if (questions.length === 0) return <FieldProblems field="homework.questions" below />;
  return (
    <Chosen
      field="homework.questions"
      label={t('authoring:counted')}
      options={questions.map(({ id, ask }) => ({ id, label: say(ask) || id }))}
    />
  );
}

interface ChosenProps {
  /** A list of ids. */
  readonly field: string;
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
}

/** Which of several are in a list of the lesson. */
function Chosen({ field, label, options }: ChosenProps) {
  const chosen = textsAt(useDraftValue(field));
  return (
    <fieldset className="author-said">
      <legend className="field-label">{label}</legend>
      {options.map((option) => (
        <Toggle
          key={option.id}
          label={option.label}
          value={chosen.includes(option.id)}
          onChange={(isOn) =>
            setField(field, isOn ? [...chosen, option.id] : chosen.filter((one) => one !== option.id))
          }
        />
      ))}
      <FieldProblems field={field} below />
    </fieldset>
  );
}

/** What the simulator looks at when the design that was handed in has run. */
function Checks() {
  const t = useText();
  const value = useDraftValue('homework');
  const checks = arrayAt(value, 'checks').filter(isJsonObject);
  const met = useAuthoring((open) => open?.check?.met) ?? [];
  return (
    <section>
      <h3>{t('authoring:checks')}</h3>
      {checks.map((check, index) => (
        <div key={stringAt(check, 'id') ?? index} className="author-card">
          <SaidFields field={`homework.checks[${index}].title`} label={t('authoring:checkTitle')} />
          <TextField field={`homework.checks[${index}].met`} label={t('authoring:checkMet')} mono multiline />
          {met[index] !== undefined && (
            <p className="author-right">{t(met[index] ? 'authoring:metNow' : 'authoring:notMetNow')}</p>
          )}
          <div className="author-row">
            <NumberField field={`homework.checks[${index}].points`} label={t('authoring:points')} />
            <RemoveButton
              name={t('authoring:checkTitle')}
              onPress={() => setField('homework.checks', checks.toSpliced(index, 1))}
            />
          </div>
        </div>
      ))}
      <Button
        small
        onPress={() =>
          setField('homework.checks', [
            ...checks,
            { id: freshId(checks, 'check'), title: { en: '', zh: '' }, points: 1, met: 'size(readyPods) >= 3' },
          ])
        }
      >
        <Plus size={14} aria-hidden /> {t('authoring:addCheck')}
      </Button>
    </section>
  );
}
