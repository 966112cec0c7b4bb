import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../kit/button.tsx';
import type { JsonValue } from '../../base/json.ts';
import { jsonEqual } from '../../base/json.ts';
import { COMPONENT_NAMES } from '../../lessons/component-name.ts';
import { fillText } from '../../lessons/parameters.ts';
import type { Given, Option, OrderItem, PickedKind, Question, Right } from '../../lessons/question.ts';
import { useAskOnPicture } from '../picking/picking-state.ts';
import { partiesOf } from '../picking/spot-name.ts';
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
  /** What is right, once it is shown. */
  readonly right: Right | undefined;
  /** The teacher counts hands beside each option. */
  readonly countsHands: boolean;
}

/** Where a question is answered, in the way that its type asks for. */
export function AnswerForm(props: FormProps) {
  const { question, given, onGive, isLocked } = props;
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
      return <ObjectForm {...props} kind={question.kind} />;
    case 'arrow':
      return <ArrowForm {...props} />;
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

/** One of several objects: pressed on the picture, or named here. */
function ObjectForm({ kind, among, given, onGive, isLocked, right }: FormProps & { readonly kind: PickedKind }) {
  const t = useText();
  const chosen = given?.type === 'object' ? given.name : undefined;
  const onPick = (name: string): void => onGive({ type: 'object', name });
  useAskOnPicture({
    type: 'object',
    kind,
    names: among,
    chosen,
    right: isLocked && right?.type === 'object' ? right.names : undefined,
    onPick,
  });
  return (
    <p className="lesson-arrow">
      {!isLocked && <span>{t('classroom:pickHint')}</span>}
      <Picker
        label={t(`classroom:picked.${kind}`)}
        values={among}
        value={chosen ?? ''}
        isLocked={isLocked}
        onPick={onPick}
      />
    </p>
  );
}

/** An arrow: drawn on the picture, or its two ends named here. A box with parts asks here which of them it was. */
function ArrowForm({ among, given, onGive, isLocked }: FormProps) {
  const t = useText();
  const [ends, setEnds] = useState<{ readonly from?: string; readonly to?: string }>({});
  const { from, to } = given?.type === 'arrow' ? given : { from: '', to: '' };
  const all = among.length > 0 ? among : COMPONENT_NAMES;
  const standsFor = (id: string): readonly string[] => (among.length > 0 ? [id] : partiesOf(id));
  const only = (parties: readonly string[]): string => (parties.length === 1 ? parties[0]! : '');
  useAskOnPicture(
    isLocked
      ? undefined
      : {
          type: 'arrow',
          parties: among,
          from: ends.from,
          to: ends.to,
          onDraw(fromId, toId) {
            setEnds({ from: fromId, to: toId });
            onGive({ type: 'arrow', from: only(standsFor(fromId)), to: only(standsFor(toId)) });
          },
        },
  );
  const values = (end: string | undefined): readonly string[] => (end === undefined ? all : standsFor(end));
  const isUnclear = (ends.from !== undefined && from === '') || (ends.to !== undefined && to === '');
  return (
    <>
      {!isLocked && <p className="lesson-hint">{t(isUnclear ? 'classroom:whichPart' : 'classroom:drawHint')}</p>}
      <p className="lesson-arrow">
        <Picker
          label={t('classroom:from')}
          values={values(ends.from)}
          value={from}
          isLocked={isLocked}
          onPick={(next) => onGive({ type: 'arrow', from: next, to })}
        />
        →
        <Picker
          label={t('classroom:to')}
          values={values(ends.to)}
          value={to}
          isLocked={isLocked}
          onPick={(next) => onGive({ type: 'arrow', from, to: next })}
        />
        {!isLocked && ends.from !== undefined && (
          <Button
            small
            look="quiet"
            onPress={() => {
              setEnds({});
              onGive({ type: 'arrow', from: '', to: '' });
            }}
          >
            {t('classroom:drawAnew')}
          </Button>
        )}
      </p>
    </>
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
