import { X } from 'lucide-react';
import { useId } from 'react';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import { valueAt } from '../../../base/json.ts';
import type { JsonValue, Path } from '../../../base/json.ts';
import { IconButton } from '../../../kit/button.tsx';
import { Choice, Toggle } from '../../../kit/choice.tsx';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { useText } from '../../i18n.ts';
import { readTyped, shownValue } from './field-value.ts';
import { useForm } from './form-context.ts';
import { fieldTitle } from './main-fields.ts';
import { ProblemsAtField } from './problems-at-field.tsx';

interface ScalarFieldProps {
  readonly path: Path;
  /** A field that was just chosen and is not in the manifest yet. */
  readonly draft?: boolean;
  readonly onDone?: () => void;
  /** Where it does not speak for itself: in the list of main fields. */
  readonly showWithin?: boolean;
}

/** One value: text, number, quantity, choice or switch, as the schema says. Nothing is written until it is committed. */
export function ScalarField({ path, draft, onDone, showWithin }: ScalarFieldProps) {
  const { object, guide, edit, problems } = useForm();
  const problemsId = useId();
  const isWrong = problems.at(path).some(({ severity }) => severity === 'error');
  const t = useText();
  const value = valueAt(object, ...path);
  const schema = guide.schemaAt(path);
  const { title, within } = fieldTitle(object, path);
  const hint = showWithin ? within : '';
  const set = (next: JsonValue) => {
    const reason = edit([{ op: 'set', path, value: next }]);
    if (reason === undefined) onDone?.();
    return reason;
  };
  const control =
    schema.type === 'boolean' || typeof value === 'boolean' ? (
      <BooleanField title={title} hint={hint} value={value} onChange={set} />
    ) : schema.enum && schema.enum.length > 0 && (value === undefined || schema.enum.includes(value)) ? (
      <Choice
        label={title}
        hint={hint}
        value={value === undefined ? null : String(value)}
        placeholder={t('inspector:notSet')}
        options={schema.enum.map((option) => ({
          id: String(option),
          label: option === '' ? t('inspector:emptyText') : String(option),
        }))}
        onChange={set}
      />
    ) : (
      <CommitInput
        label={title}
        hint={hint}
        mono
        value={shownValue(value)}
        placeholder={t('inspector:notSet')}
        multiline={typeof value === 'string' && value.includes('\n')}
        inputMode={schema.type === 'integer' ? 'numeric' : 'text'}
        // Opened to be answered at once.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={draft ?? false}
        invalidBy={isWrong ? problemsId : undefined}
        onCommit={(text) => {
          if (text === '' && (value === undefined || schema.type !== 'string')) {
            return value === undefined ? undefined : edit([{ op: 'delete', path }]);
          }
          const typed = readTyped(text, schema, value);
          return 'value' in typed
            ? set(typed.value)
            : t(`inspector:${typed.refused}`, { allowed: typed.allowed ?? '' });
        }}
      />
    );
  return (
    <div className="form-row" data-field={formatFieldPath(path)} title={guide.describe(path) || undefined}>
      <div className="form-control">
        {control}
        <ProblemsAtField path={path} id={problemsId} />
      </div>
      {(value !== undefined || draft) && (
        <IconButton
          small
          className="form-remove"
          label={t('inspector:removeField', { field: formatFieldPath(path) })}
          icon={<X size={12} />}
          onPress={() => (value === undefined ? onDone?.() : edit([{ op: 'delete', path }]))}
        />
      )}
    </div>
  );
}

interface BooleanFieldProps {
  readonly title: string;
  readonly hint: string;
  readonly value: JsonValue | undefined;
  readonly onChange: (value: boolean) => void;
}

function BooleanField({ title, hint, value, onChange }: BooleanFieldProps) {
  const t = useText();
  return (
    <div className="form-boolean">
      <Toggle label={title} value={value === true} onChange={onChange} />
      <span className="field-hint">{value === undefined ? t('inspector:notSet') : hint}</span>
    </div>
  );
}
