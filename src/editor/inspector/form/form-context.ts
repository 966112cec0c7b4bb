import { createContext, use } from 'react';
import type { JsonObject, Path } from '../../../base/json.ts';
import type { FieldEdit } from '../../../kinds/field-edit.ts';
import type { FieldGuide } from './field-guide.ts';

/** What every row of one object's form needs. */
export interface FormContextValue {
  readonly object: JsonObject;
  readonly guide: FieldGuide;
  /** Makes edits as one undo step; gives the reason when they are refused. */
  readonly edit: (edits: readonly FieldEdit[]) => string | undefined;
  /** The error that a check found at exactly this field; warnings and notes stand above the form. */
  readonly problemAt: (path: Path) => string | undefined;
}

export const FormContext = createContext<FormContextValue | undefined>(undefined);

export function useForm(): FormContextValue {
  const form = use(FormContext);
  if (!form) throw new Error('no form around this field');
  return form;
}
