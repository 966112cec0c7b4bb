import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Path } from '../../base/json.ts';

/**
 * A way from older spellings of a kind to one that is still served: one file, one list. What an object meant before it
 * means after; where a default differs, the old one is written out, and what cannot be carried over is told in a note.
 */
export interface Conversion {
  readonly from: readonly GroupVersionKind[];
  readonly to: GroupVersionKind;
  /** Total; undefined where this object has no counterpart. `apiVersion` and `kind` are changed by the caller. */
  convert(object: KubernetesObject): Converted | undefined;
}

export interface Converted {
  readonly object: KubernetesObject;
  /** Keys that have another name now, by where they stand before; comments and order of what they hold stay. In order. */
  readonly renames?: readonly Rename[];
  /** What one object was and several are. */
  readonly adds?: readonly KubernetesObject[];
  readonly notes?: readonly ConversionNote[];
}

export interface Rename {
  readonly path: Path;
  readonly key: string;
}

/** The sentence `note.<id>` of the locales: what a person should know of the result. */
export interface ConversionNote {
  readonly id: ConversionNoteId;
  readonly params: Readonly<Record<string, string | number>>;
}

export type ConversionNoteId =
  | 'selectorFromLabels' // the selector was the labels of the template; now it is written
  | 'defaultsWritten' // fields: the old version's defaults differ and are written out
  | 'fieldDropped' // field: the new version has no such field
  | 'pathType' // ImplementationSpecific is what the old version did
  | 'matchesNothing' // an empty selector meant no Pods
  | 'matchesEverything'
  | 'fieldsKept' // fields that no schema names are kept as before
  | 'schemaAdded'
  | 'sideEffects'
  | 'reviewVersions' // versions: the webhook is asked in these only
  | 'topologyDropped' // keys
  | 'hostnameIsNode'
  | 'severalSlices' // count
  | 'sliceByHand' // nobody mirrors it any more: keep it up to date
  | 'rollingUpdates' // a Deployment replaces Pods when the template changes
  | 'referencesFollow' // count: fields of other objects that named the old kind or version
  | 'metricsFromAnnotations'
  | 'everybody'; // the user * of v1alpha1
