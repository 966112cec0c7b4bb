import type { JsonValue, Path } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { Choice, Toggle } from '../../../kit/choice.tsx';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { SuggestInput } from '../../../kit/suggest-input.tsx';
import { useText } from '../../i18n.ts';
import { useDefault } from './field-info.tsx';
import { readTyped, shownValue } from './field-value.ts';
import { useForm } from './form-context.ts';
import { useAnswers } from './use-answers.ts';
import { QuantityField } from './widgets/quantity-field.tsx';
import { ScheduleField } from './widgets/schedule-field.tsx';

export interface ScalarControlProps {
  readonly path: Path;
  readonly title: string;
  readonly titleHidden?: boolean;
  readonly hint?: string;
  readonly draft?: boolean;
  readonly onDone?: () => void;
  readonly invalidBy?: string | undefined;
}

/** The control of one value: text, number, quantity, schedule, choice or switch. Nothing is written until it is committed. */
export function ScalarControl({ path, title, titleHidden, hint = '', draft, onDone, invalidBy }: ScalarControlProps) {
  const { object, guide, edit } = useForm();
  const t = useText();
  const answers = useAnswers(path);
  const fallback = useDefault(path);
  const value = valueAt(object, ...path);
  const schema = guide.schemaAt(path);
  const set = (next: JsonValue) => {
    const reason = edit([{ op: 'set', path, value: next }]);
    if (reason === undefined) onDone?.();
    return reason;
  };
  const commit = (text: string) => {
    if (text === '' && (value === undefined || schema.type !== 'string'))
      return value === undefined ? undefined : edit([{ op: 'delete', path }]);
    const typed = readTyped(text, schema, value);
    return 'value' in typed ? set(typed.value) : t(`inspector:${typed.refused}`, { allowed: typed.allowed ?? '' });
  };
  const placeholder =
    fallback === undefined || typeof fallback === 'object'
      ? t('inspector:notSet')
      : t('fields:defaultIs', { value: shownValue(fallback) || '""' });
  const text = {
    label: title,
    labelHidden: titleHidden ?? false,
    hint,
    value: shownValue(value),
    placeholder,
    // Opened to be answered at once.
    autoFocus: draft ?? false,
    invalidBy,
    onCommit: commit,
  };
  const options = schema.enum?.map((option) => ({
    id: String(option),
    label: option === '' ? t('inspector:emptyText') : String(option),
  }));
  if (schema.type === 'boolean' || typeof value === 'boolean')
    return (
      <div className="form-boolean">
        <Toggle label={title} value={(value ?? fallback) === true} onChange={set} />
        <span className="field-hint">{value === undefined ? placeholder : hint}</span>
      </div>
    );
  if (options && options.length > 0 && (value === undefined || schema.enum!.includes(value)))
    return <Choice {...text} value={value === undefined ? null : String(value)} options={options} onChange={set} />;
  if (schema.type === 'quantity') return <QuantityField {...text} resource={String(path.at(-1))} />;
  if (path.at(-1) === 'schedule' && guide.schemaAt(path.slice(0, -1)).typeId === 'batch/v1.CronJobSpec')
    return <ScheduleField {...text} />;
  if (answers) return <SuggestInput {...text} options={answers} openLabel={t('fields:offer', { field: title })} />;
  return (
    <CommitInput
      {...text}
      mono
      multiline={typeof value === 'string' && value.includes('\n')}
      inputMode={schema.type === 'integer' ? 'numeric' : 'text'}
    />
  );
}
