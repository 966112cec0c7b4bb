import { createContext, use } from 'react';
import type { ReactNode } from 'react';
import type { JsonObject, Path } from '../../../base/json.ts';
import type { DesignRecord } from '../../../design/design.ts';
import type { Edit } from '../../../manifest/edit.ts';
import type { FieldEdit } from '../../../kinds/field-edit.ts';
import type { FieldGuide } from './guide-of.ts';
import type { Schema } from '../../../openapi/schema.ts';
import type { FieldProblems } from './field-problems.ts';

/** What every row of one object's form needs. */
export interface FormContextValue {
  readonly record: DesignRecord;
  readonly object: JsonObject;
  /** The object with the API server's defaults; undefined until they are known, and where the server reads it not. */
  readonly stored: JsonObject | undefined;
  readonly guide: FieldGuide;
  /** Makes edits as one undo step; gives the reason when they are refused. */
  readonly edit: (edits: readonly Edit[]) => string | undefined;
  /**
   * What adding a field writes so that the object stays as right as it is: its beginning, what it asks for, and what it
   * excludes taken away. Undefined where a value must be typed, or where the API server takes none here.
   */
  readonly start: (path: Path, schema: Schema) => Promise<readonly FieldEdit[] | undefined>;
  /** Draws the fields beneath a path: here, because groups hold widgets and widgets hold groups. */
  readonly drawTree: (path: Path, omit: readonly string[], drawsUnset: boolean) => ReactNode;
  readonly problems: FieldProblems;
  /** The field that another pane asked for: groups on its way open, and its row is there even where it is not set. */
  readonly wanted: Path | undefined;
}

export const FormContext = createContext<FormContextValue | undefined>(undefined);

export function useForm(): FormContextValue {
  const form = use(FormContext);
  if (!form) throw new Error('no form around this field');
  return form;
}
