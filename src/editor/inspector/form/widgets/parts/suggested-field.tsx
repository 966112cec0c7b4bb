import { formatFieldPath } from '../../../../../apimachinery/field-path.ts';
import { valueAt } from '../../../../../base/json.ts';
import type { JsonValue, Path } from '../../../../../base/json.ts';
import { SuggestInput } from '../../../../../kit/suggest-input.tsx';
import type { Suggestion } from '../../../../../kit/suggest-input.tsx';
import { useText } from '../../../../i18n.ts';
import { shownValue } from '../../field-value.ts';
import { useForm } from '../../form-context.ts';
import { ProblemsAtField } from '../../problems-at-field.tsx';

interface SuggestedFieldProps {
  readonly path: Path;
  readonly title: string;
  readonly titleHidden?: boolean;
  readonly options: () => readonly Suggestion[];
  readonly placeholder?: string;
  /** What stands in the field; the value at its path where left out. */
  readonly value?: JsonValue | undefined;
  /** Writes what was typed; as text, or nothing at all for no text, where left out. */
  readonly write?: (text: string) => string | undefined;
}

/** A text field that offers what this widget knows, with what is wrong at it. */
export function SuggestedField(props: SuggestedFieldProps) {
  const { path, title, titleHidden, options, placeholder, write } = props;
  const { object, edit } = useForm();
  const t = useText();
  const value = 'value' in props ? props.value : valueAt(object, ...path);
  const commit = (text: string) =>
    write ? write(text) : edit([text === '' ? { op: 'delete', path } : { op: 'set', path, value: text }]);
  return (
    <div className="suggested-field" data-field={formatFieldPath(path)}>
      <SuggestInput
        label={title}
        labelHidden={titleHidden ?? false}
        value={shownValue(value)}
        placeholder={placeholder ?? t('inspector:notSet')}
        options={options}
        onCommit={commit}
        openLabel={t('fields:offer', { field: title })}
      />
      <ProblemsAtField path={path} />
    </div>
  );
}
