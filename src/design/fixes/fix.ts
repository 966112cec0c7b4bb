import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Edit } from '../../manifest/edit.ts';
import type { ConversionNoteId } from '../conversions/conversion.ts';
import type { CheckContext } from '../checks/check.ts';
import type { RecordId } from '../design.ts';
import type { Problem, ProblemId } from '../problem.ts';

/**
 * A way to make one problem go away, as plain data: it can be shown as a diff before it is made and made by one command
 * (`applyFix`), and it may cross threads. It holds for the design that it was asked of.
 */
export interface Fix {
  /** The sentence `fix.<id>` of the locales: what will be done. */
  readonly id: FixId;
  readonly params: Readonly<Record<string, string | number>>;
  readonly edits: readonly RecordEdits[];
  /** Objects that are added, beside the record that has the problem. */
  readonly adds?: readonly KubernetesObject[];
  readonly notes?: readonly FixNote[];
}

/** The sentence `note.<id>` of the locales: what a person should know of the result. */
export interface FixNote {
  readonly id: FixNoteId;
  readonly params: Readonly<Record<string, string | number>>;
}

export type FixNoteId = ConversionNoteId | 'fewerRights'; // the program may need what it is no longer given

export interface RecordEdits {
  readonly record: RecordId;
  readonly edits: readonly Edit[];
}

export type FixId =
  | 'setValue' // field, value
  | 'renameField' // from, to
  | 'removeField' // field
  | 'quote' // value
  | 'unquote' // value
  | 'selectorFromLabels'
  | 'labelsFromSelector'
  | 'pointTo' // name
  | 'addNamespace' // name
  | 'raiseLimit' // value
  | 'lowerRequest' // value
  | 'useApiVersion' // apiVersion
  | 'convertTo' // apiVersion, kind
  | 'meetPodSecurity' // level
  | 'leaveReplicas'
  | 'notDefault'
  | 'mountVolume' // volume
  | 'moveToStringData' // key
  | 'addTo' // value, field
  | 'removeEarlier' // name
  | 'spreadOverNodes';

/**
 * What can be done about some problems. Only what is certain: a fix takes the problem away, makes no new error, and
 * writes what the person most probably meant; where that cannot be known there is none. Total, and the same answer for
 * the same design.
 */
export interface Fixer {
  readonly problems: readonly ProblemId[];
  fixes(problem: Problem, context: CheckContext): readonly Fix[];
}
