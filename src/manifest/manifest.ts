import type { KubernetesObject } from '../apimachinery/object.ts';
import type { Path } from '../base/json.ts';

/**
 * What a file of manifests is made of. The text is the truth: joining `segments` gives the file back byte for byte
 * (after the BOM), and an edit replaces the text of one segment only.
 */
export interface ManifestFile {
  /** Path as the user gave it, with forward slashes; `-` for standard input. */
  readonly path: string;
  /** Whether the file began with a byte order mark, which is written again on export. */
  readonly bom: boolean;
  /** The line end of new lines: the one the file uses first, `\n` where it has none. */
  readonly lineEnd: '\n' | '\r\n';
  readonly segments: readonly Segment[];
  /** What could not be read, or was read and deserves a word; in order of line. */
  readonly problems: readonly ManifestProblem[];
}

/** A run of text in a file. Segments touch: no byte lies between two of them. */
export type Segment = RawSegment | DocumentSegment;

/** Text that holds no object: separators, comments, blank lines, documents that do not parse. */
export interface RawSegment {
  readonly type: 'raw';
  readonly text: string;
}

/** One YAML or JSON document that holds one object, or several inside a `List`. */
export interface DocumentSegment {
  readonly type: 'document';
  readonly text: string;
  readonly format: 'yaml' | 'json';
  readonly objects: readonly ManifestObject[];
}

/** One object in a document. */
export interface ManifestObject {
  /** Where it stands in its document: `[]`, or `['items', 3]` inside a List (nested Lists give longer paths). */
  readonly path: Path;
  /** What kubectl reads there. */
  readonly object: KubernetesObject;
  /** First line of the object inside its segment, counted from 0. */
  readonly line: number;
}

/** Position in a file, counted from 1 as editors do. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** Something a reader of the file should know. `id` names a sentence in the locales; `params` fill it. */
export interface ManifestProblem {
  readonly id: ManifestProblemId;
  readonly severity: 'error' | 'warning';
  readonly position: SourcePosition;
  readonly params: Readonly<Record<string, string | number>>;
}

export type ManifestProblemId =
  /** The YAML or JSON does not parse: `message`. The document is kept as raw text. */
  | 'manifest.syntax'
  /** The document parses but is no object of Kubernetes (no `kind`, no `apiVersion`): `missing`. Kept as raw text. */
  | 'manifest.notAnObject'
  /** The same key twice in one map; kubectl takes the last: `key`. */
  | 'manifest.duplicateKey'
  /** An alias, merge or nesting beyond what a reader should follow: `limit`. Kept as raw text. */
  | 'manifest.excessive'
  /** The file is not text (NUL bytes, not UTF-8). Nothing of it is used. */
  | 'manifest.binary'
  /** The file holds a template that is not YAML yet (`{{ … }}`). Kept as raw text. */
  | 'manifest.template';
