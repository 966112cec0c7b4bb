import { ArrowDown, ArrowUp } from 'lucide-react';
import { IconButton } from '../../kit/button.tsx';
import type { JsonValue } from '../../base/json.ts';
import { jsonEqual } from '../../base/json.ts';
import { COMPONENT_NAMES } from '../../lessons/component-name.ts';
import { fillText } from '../../lessons/parameters.ts';
import type { Given, Option, OrderItem, Question } from '../../lessons/question.ts';
import { useText } from '../i18n.ts';
import { useSay } from './use-say.ts';

interface FormProps {
  readonly question: Question;
  /** Objects, one of which is to be chosen. */
  readonly among: readonly string[];
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly given: Given | undefined;
  readonly onGive: (given: Given) => void;
  readonly isLocked: boolean;
  /** The teacher counts hands beside each option. */
  readonly countsHands: boolean;
}

/** Where a question is answered, in the way that its type asks for. */
export function AnswerForm(props: FormProps) {
  const { question, given, onGive, isLocked, among } = props;
  const t = useText();
  switch (question.type) {
    case 'number':
      return (
        <input
          className="input lesson-number"
          type="number"
          aria-label={t('classroom:answer')}
          disabled={isLocked}
          value={given?.type === 'number' ? given.value : ''}
          onChange={({ target }) => onGive({ type: 'number', value: target.valueAsNumber })}
        />
      );
    case 'choice':
      return <Options {...props} options={question.options} onChoose={(value) => onGive({ type: 'choice', value })} />;
    case 'object':
      return (
        <Picker
          label={t(`classroom:picked.${question.kind}`)}
          values={among}
          value={given?.type === 'object' ? given.name : ''}
          isLocked={isLocked}
          onPick={(name) => onGive({ type: 'object', name })}
        />
      );
    case 'arrow': {
      const parties = among.length > 0 ? among : COMPONENT_NAMES;
      const { from, to } = given?.type === 'arrow' ? given : { from: '', to: '' };
      return (
        <p className="lesson-arrow">
          <Picker
            label={t('classroom:from')}
            values={parties}
            value={from}
            isLocked={isLocked}
            onPick={(next) => onGive({ type: 'arrow', from: next, to })}
          />
          →
          <Picker
            label={t('classroom:to')}
            values={parties}
            value={to}
            isLocked={isLocked}
            onPick={(next) => onGive({ type: 'arrow', from, to: next })}
          />
        </p>
      );
    }
    case 'order':
      return <Order {...props} items={question.items} />;
    case 'truth': {
      const now = given?.type === 'truth' ? given : undefined;
      return (
        <>
          <p className="lesson-arrow">
            {[true, false].map((value) => (
              <label key={String(value)}>
                <input
                  type="radio"
                  name={question.id}
                  disabled={isLocked}
                  checked={now?.value === value}
                  onChange={() => onGive({ type: 'truth', value, reason: now?.reason ?? null })}
                />{' '}
                {t(value ? 'classroom:yes' : 'classroom:no')}
              </label>
            ))}
            {t('classroom:because')}
          </p>
          <Options
            {...props}
            options={question.reasons}
            onChoose={(reason) => onGive({ type: 'truth', value: now?.value ?? false, reason })}
          />
        </>
      );
    }
  }
}

function Options({
  question,
  options,
  values,
  given,
  isLocked,
  countsHands,
  onChoose,
}: FormProps & { readonly options: readonly Option[]; readonly onChoose: (value: JsonValue) => void }) {
  const t = useText();
  const say = useSay();
  const chosen = given?.type === 'choice' ? given.value : given?.type === 'truth' ? given.reason : undefined;
  return (
    <ul className="lesson-options">
      {options.map((option) => {
        const words = fillText(say(option.say), values);
        return (
          <li key={words}>
            <label>
              <input
                type="radio"
                name={`${question.id}-option`}
                disabled={isLocked}
                checked={chosen !== undefined && jsonEqual(chosen, option.value)}
                onChange={() => onChoose(option.value)}
              />{' '}
              {words}
            </label>
            {countsHands && (
              <input
                className="input lesson-hands"
                type="number"
                min={0}
                aria-label={t('classroom:hands', { option: words })}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Picker({
  label,
  values,
  value,
  isLocked,
  onPick,
}: {
  readonly label: string;
  readonly values: readonly string[];
  readonly value: string;
  readonly isLocked: boolean;
  readonly onPick: (value: string) => void;
}) {
  const t = useText();
  return (
    <select
      className="input"
      aria-label={label}
      disabled={isLocked}
      value={value}
      onChange={({ target }) => onPick(target.value)}
    >
      <option value="" disabled>
        {t('classroom:choose')}
      </option>
      {values.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}

function Order({ items, given, onGive, isLocked }: FormProps & { readonly items: readonly OrderItem[] }) {
  const t = useText();
  const say = useSay();
  const ids = given?.type === 'order' ? given.ids : items.map(({ id }) => id);
  const move = (index: number, by: number) => {
    const next = [...ids];
    const [moved] = next.splice(index, 1);
    next.splice(index + by, 0, moved!);
    onGive({ type: 'order', ids: next });
  };
  return (
    <ol className="lesson-order">
      {ids.map((id, index) => {
        const item = say(items.find((one) => one.id === id)!.say);
        return (
          <li key={id}>
            {item}
            <IconButton
              small
              label={t('classroom:up', { item })}
              icon={<ArrowUp size={14} />}
              disabled={isLocked || index === 0}
              onPress={() => move(index, -1)}
            />
            <IconButton
              small
              label={t('classroom:down', { item })}
              icon={<ArrowDown size={14} />}
              disabled={isLocked || index === ids.length - 1}
              onPress={() => move(index, 1)}
            />
          </li>
        );
      })}
    </ol>
  );
}
