/**
 * What an importer or exporter has to say of its work: nothing is lost, changed or passed over without one. `id` names a
 * sentence in the locales, `params` fill it.
 */
export interface Note {
  readonly id: NoteId;
  /** `refused`: nothing came of it; `lost`: a part has no form there; `changed`: it has another; `info`: for reading only. */
  readonly kind: 'refused' | 'lost' | 'changed' | 'info';
  readonly file: string;
  /** Counted from 1; 0 where no line can be named. */
  readonly line: number;
  readonly params: Readonly<Record<string, string | number>>;
}

export type NoteId = LiveNoteId;

export type LiveNoteId =
  /** `object`, `fields`: what the cluster reports. */
  | 'live.status'
  /** Metadata that the server writes. */
  | 'live.metadata'
  /** What a controller or kubectl wrote into annotations and labels. */
  | 'live.marks'
  /** Addresses, ports, names that the cluster chose. */
  | 'live.allocated'
  /** What admission put in. */
  | 'live.injected'
  /** What the server fills in where nothing is said. */
  | 'live.defaults'
  /** The object is made by another one: `object`, `owner`. */
  | 'live.madeBy'
  /** The object is made by the cluster itself. */
  | 'live.madeByCluster'
  /** Its owner is not in the dump, so it stands for itself: `object`, `owner`. */
  | 'live.ownerMissing';

/** Text files that a conversion gives, and what there is to say of it. */
export interface Conversion {
  readonly files: readonly ConvertedFile[];
  readonly notes: readonly Note[];
}

export interface ConvertedFile {
  readonly path: string;
  readonly content: string;
}
