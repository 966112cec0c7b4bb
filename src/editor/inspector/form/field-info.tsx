import type { JsonValue, Path } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { InfoButton } from '../../../kit/info-button.tsx';
import type { Schema } from '../../../openapi/schema.ts';
import { useText } from '../../i18n.ts';
import { useForm } from './form-context.ts';
import { shownValue } from './field-value.ts';
import { typeWord } from './type-word.ts';

/** A button beside a field that opens its documentation: type, whether it is required, default and the API reference's words. */
export function FieldInfo({ path, title }: { readonly path: Path; readonly title: string }) {
  const { guide } = useForm();
  const t = useText();
  return (
    <InfoButton label={t('fields:about', { field: title })}>
      <FieldFacts
        name={title}
        schema={guide.schemaAt(path)}
        isRequired={isRequired(guide.schemaAt(path.slice(0, -1)), path)}
        fallback={useDefault(path)}
        words={guide.describe(path)}
      />
    </InfoButton>
  );
}

interface FieldFactsProps {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
  readonly fallback: JsonValue | undefined;
  /** English, as the API reference has it. */
  readonly words: string;
}

function FieldFacts({ name, schema, isRequired: required, fallback, words }: FieldFactsProps) {
  const t = useText();
  return (
    <>
      <p className="info-title">
        <code>{name}</code> <span className="quiet">{typeWord(schema)}</span>
        {required && <span className="info-tag">{t('inspector:required')}</span>}
      </p>
      {fallback !== undefined && (
        <p>
          {t('fields:default')} <code>{shownValue(fallback)}</code>
        </p>
      )}
      {schema.enum && schema.enum.length > 0 && (
        <p>
          {t('fields:oneOf')} <code>{schema.enum.map((value) => shownValue(value) || '""').join(', ')}</code>
        </p>
      )}
      <p className="info-text" lang="en">
        {words || t('fields:noWords')}
      </p>
    </>
  );
}

/** What the API server fills in for a field that is not set; undefined where it fills in nothing, or nothing is known. */
export function useDefault(path: Path): JsonValue | undefined {
  const { object, stored, guide } = useForm();
  // What the server makes of the texts of a Secret is no default, and nothing to be shown.
  if (valueAt(object, ...path) !== undefined || guide.schemaAt(path).values?.format === 'byte') return undefined;
  return valueAt(stored, ...path) ?? guide.schemaAt(path).default;
}

function isRequired(parent: Schema, path: Path): boolean {
  return parent.required.includes(String(path.at(-1)));
}
