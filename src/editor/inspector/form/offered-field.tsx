import { Plus } from 'lucide-react';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import type { JsonValue, Path } from '../../../base/json.ts';
import { Button } from '../../../kit/button.tsx';
import { useText } from '../../i18n.ts';
import { FieldInfo, useDefault } from './field-info.tsx';
import { useForm } from './form-context.ts';
import { fieldTitle } from './main-fields.ts';
import { ProblemsAtField } from './problems-at-field.tsx';
import { useBegin } from './use-begin.ts';

/** A group of the main fields that is not set: what the server fills in for it, and a button that begins it. */
export function OfferedField({ path }: { readonly path: Path }) {
  const { object, guide } = useForm();
  const { begin, refused } = useBegin();
  const t = useText();
  const fallback = useDefault(path);
  const { title, within } = fieldTitle(object, path);
  return (
    <div className="offered-field" data-field={formatFieldPath(path)}>
      <Button small look="quiet" onPress={() => begin(path, guide.schemaAt(path))}>
        <Plus size={14} aria-hidden />
        {title}
      </Button>
      {within !== '' && <span className="field-hint">{within}</span>}
      <span className="field-hint offered-default">
        {fallback === undefined ? t('inspector:notSet') : t('fields:defaultIs', { value: brief(fallback) })}
      </span>
      <FieldInfo path={path} title={title} />
      {refused !== undefined && (
        <p className="field-error" role="alert">
          {refused}
        </p>
      )}
      <ProblemsAtField path={path} />
    </div>
  );
}

const LONGEST = 32;

function brief(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
