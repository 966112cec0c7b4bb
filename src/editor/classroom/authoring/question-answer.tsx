import { Plus } from 'lucide-react';
import { arrayAt, isJsonObject, stringAt } from '../../../base/json.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { Button } from '../../../kit/button.tsx';
import { Choice } from '../../../kit/choice.tsx';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { useText } from '../../i18n.ts';
import { useSay } from '../use-say.ts';
import { ANSWER_IDEAS, CHOSEN_FROM } from './answer-ideas.ts';
import { FieldProblems, RemoveButton, SaidFields, TextField } from './author-fields.tsx';
import { finderOfStep, setField } from './author-lesson.ts';
import { useAuthoring } from './author-state.ts';

interface Props {
  readonly question: JsonObject;
  readonly field: string;
}

/** How the simulator is asked for what is right, by the type of the question. */
export function QuestionAnswer({ question, field }: Props) {
  const t = useText();
  switch (stringAt(question, 'type')) {
    case 'number':
      return (
        <>
          <Expression question={question} field={field} />
          {question['unit'] !== undefined && <SaidFields field={`${field}.unit`} label={t('authoring:unit')} />}
        </>
      );
    case 'choice':
      return (
        <>
          <Expression question={question} field={field} />
          <Options question={question} field={field} list="options" />
        </>
      );
    case 'truth':
      return (
        <>
          <Expression question={question} field={field} />
          <TextField field={`${field}.reason`} label={t('authoring:reason')} mono multiline />
          <Options question={question} field={field} list="reasons" />
        </>
      );
    case 'object':
      return <ObjectAnswer question={question} field={field} />;
    case 'order':
      return <Order question={question} field={field} />;
    default:
      return <Arrow question={question} field={field} />;
  }
}

function Expression({ question, field }: Props) {
  const t = useText();
  const type = stringAt(question, 'type');
  const ideas = ANSWER_IDEAS.filter(({ types }) => types.some((one) => one === type));
  const known = ideas.find(({ answer }) => answer === stringAt(question, 'answer'));
  return (
    <>
      <Choice
        label={t('authoring:idea')}
        value={known?.id ?? 'own'}
        options={[
          ...ideas.map(({ id }) => ({ id, label: t(`authoring:idea.${id}`) })),
          { id: 'own', label: t('authoring:idea.own') },
        ]}
        onChange={(id) => {
          const idea = ideas.find((one) => one.id === id);
          if (idea !== undefined) setField(`${field}.answer`, idea.answer);
        }}
      />
      <TextField field={`${field}.answer`} label={t('authoring:expression')} mono multiline />
    </>
  );
}

function ObjectAnswer({ question, field }: Props) {
  const t = useText();
  return (
    <>
      <Choice
        label={t('authoring:picked')}
        value={stringAt(question, 'kind') ?? null}
        options={(['Pod', 'Node'] as const).map((id) => ({ id, label: id }))}
        onChange={(id) => {
          const kind = id === 'Node' ? 'Node' : 'Pod';
          setField(field, { ...question, kind, from: CHOSEN_FROM[kind] });
        }}
      />
      <Expression question={question} field={field} />
      <TextField field={`${field}.from`} label={t('authoring:pickedFrom')} mono multiline />
    </>
  );
}

/** What may be chosen, each with the value that stands for it. */
function Options({ question, field, list }: Props & { readonly list: 'options' | 'reasons' }) {
  const t = useText();
  const options = arrayAt(question, list).filter(isJsonObject);
  return (
    <section>
      {options.map((option, index) => (
        <div key={index} className="author-item">
          <CommitInput
            label={t('authoring:value')}
            mono
            value={valueText(option['value'])}
            onCommit={(text) => {
              setField(`${field}.${list}[${index}].value`, valueOf(text));
              return undefined;
            }}
          />
          <SaidFields field={`${field}.${list}[${index}].say`} label={t('authoring:option', { number: index + 1 })} />
          <RemoveButton
            name={t('authoring:option', { number: index + 1 })}
            onPress={() => setField(`${field}.${list}`, options.toSpliced(index, 1))}
          />
        </div>
      ))}
      <FieldProblems field={`${field}.${list}`} />
      <Button
        small
        onPress={() => setField(`${field}.${list}`, [...options, { value: options.length, say: { en: '', zh: '' } }])}
      >
        <Plus size={14} aria-hidden /> {t('authoring:addOption')}
      </Button>
    </section>
  );
}

function valueText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** `3` and `true` are what they look like; everything else is a word. */
function valueOf(text: string): JsonValue {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text;
}

/** Steps of the lesson that are to be put in order. */
function Order({ question, field }: Props) {
  const t = useText();
  const say = useSay();
  const steps = useAuthoring((open) => open?.lesson.steps) ?? [];
  const after = stringAt(question, 'after') ?? '';
  const items = arrayAt(question, 'items').filter(isJsonObject);
  const later = steps.slice(steps.findIndex(({ id }) => id === after) + 1);
  const left = later.filter(({ id }) => !items.some((item) => stringAt(item, 'id') === id));
  const add = async (id: string): Promise<void> => {
    const find = await finderOfStep(id, after);
    const caption = steps.find((step) => step.id === id)?.caption;
    if (find !== undefined && caption !== undefined)
      setField(`${field}.items`, [...items, { id, say: { ...caption }, find }]);
  };
  return (
    <section>
      {items.map((item, index) => (
        <div key={stringAt(item, 'id') ?? index} className="author-item">
          <SaidFields field={`${field}.items[${index}].say`} label={t('authoring:orderItem', { number: index + 1 })} />
          <RemoveButton
            name={t('authoring:orderItem', { number: index + 1 })}
            onPress={() => setField(`${field}.items`, items.toSpliced(index, 1))}
          />
        </div>
      ))}
      <FieldProblems field={`${field}.items`} />
      {left.length > 0 ? (
        <Choice
          label={t('authoring:addOrderItem')}
          value={null}
          placeholder={t('classroom:choose')}
          options={left.map(({ id, caption }) => ({ id, label: say(caption) || id }))}
          onChange={(id) => void add(id)}
        />
      ) : (
        items.length < 2 && <p className="author-gap">{t('authoring:orderNeedsSteps')}</p>
      )}
    </section>
  );
}

function Arrow({ question, field }: Props) {
  const t = useText();
  const say = useSay();
  const steps = useAuthoring((open) => open?.lesson.steps) ?? [];
  return (
    <>
      <Choice
        label={t('authoring:arrowStep')}
        value={stringAt(question, 'step') ?? null}
        options={steps.map(({ id, caption }, at) => ({ id, label: `${at + 1} ${say(caption)}` }))}
        onChange={(id) => setField(`${field}.step`, id)}
      />
      <FieldProblems field={`${field}.step`} />
    </>
  );
}
