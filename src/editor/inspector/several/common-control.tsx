import type { JsonValue } from '../../../base/json.ts';
import { Choice } from '../../../kit/choice.tsx';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { useText } from '../../i18n.ts';
import { readTyped, shownValue } from '../form/field-value.ts';
import { shortList } from './short-list.ts';
import { commonValue } from './common-fields.ts';
import type { CommonField } from './common-fields.ts';

interface CommonControlProps {
  readonly field: CommonField;
  readonly title: string;
  readonly within: string;
  /** Sets the field in all objects, or takes it away. Gives the reason when it is refused. */
  readonly onChange: (value: JsonValue | undefined) => string | undefined;
}

/** One field of several objects: their value where they agree; else it says that they differ, and how. */
export function CommonControl({ field, title, within, onChange }: CommonControlProps) {
  const t = useText();
  const { schema, places } = field;
  const common = commonValue(field);
  const isMixed = common === 'mixed';
  const value = isMixed ? undefined : common.value;
  const mixed = [
    ...new Set(places.map((place) => (place.value === undefined ? t('inspector:notSet') : shownValue(place.value)))),
  ];
  const placeholder = isMixed ? t('fields:several.mixed', { values: shortList(mixed) }) : t('inspector:notSet');
  const choices: readonly JsonValue[] | undefined = schema.type === 'boolean' ? [true, false] : schema.enum;
  if (choices && choices.length > 0)
    return (
      <Choice
        label={title}
        hint={within}
        value={value === undefined ? null : String(value)}
        placeholder={placeholder}
        options={choices.map((choice) => ({
          id: String(choice),
          label: choice === '' ? t('inspector:emptyText') : String(choice),
        }))}
        onChange={(id) => onChange(choices.find((choice) => String(choice) === id))}
      />
    );
  return (
    <CommitInput
      label={title}
      hint={within}
      mono
      value={shownValue(value)}
      placeholder={placeholder}
      inputMode={schema.type === 'integer' ? 'numeric' : 'text'}
      onCommit={(text) => {
        if (text === '') return onChange(undefined);
        const typed = readTyped(text, schema, value);
        return 'value' in typed
          ? onChange(typed.value)
          : t(`inspector:${typed.refused}`, { allowed: typed.allowed ?? '' });
      }}
    />
  );
}
