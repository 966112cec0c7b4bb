import { useEffect, useState } from 'react';
import type { JsonValue, Path } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { InfoButton } from '../../../kit/info-button.tsx';
import { useText } from '../../i18n.ts';
import { useWorkspace } from '../../workspace-context.ts';
import { useForm } from './form-context.ts';
import { shownValue } from './field-value.ts';
import { typeWord } from './type-word.ts';

/** A button beside a field that opens its documentation: type, whether it is required, default and the API reference's words. */
export function FieldInfo({ path, title }: { readonly path: Path; readonly title: string }) {
  const t = useText();
  return (
    <InfoButton label={t('fields:about', { field: title })}>
      <FieldFacts path={path} name={title} />
    </InfoButton>
  );
}

/** Drawn when it is opened: only then is it asked what the server would fill in for a field that is set. */
function FieldFacts({ path, name }: { readonly path: Path; readonly name: string }) {
  const { guide } = useForm();
  const t = useText();
  const fallback = useDefaultOf(path);
  const schema = guide.schemaAt(path);
  const required = guide.schemaAt(path.slice(0, -1)).required.includes(String(path.at(-1)));
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
        {guide.describe(path) || t('fields:noWords')}
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

/** The same whether or not the field is set; of a group only when it is not. */
function useDefaultOf(path: Path): JsonValue | undefined {
  const { record } = useForm();
  const workspace = useWorkspace();
  const known = useDefault(path);
  const [found, setFound] = useState<JsonValue | undefined>(undefined);
  const key = JSON.stringify(path);
  useEffect(() => {
    let current = true;
    const find = async () => {
      const { findDefault } = await import('./stored-form.ts');
      const value = await findDefault(record.object, JSON.parse(key) as Path, workspace.store.getState());
      if (current && typeof value !== 'object') setFound(value);
    };
    find().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [record, key, workspace]);
  return known ?? found;
}
