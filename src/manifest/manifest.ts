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
  /** The content as it was given, where it is not text: it has no segments then, and is exported as it came. */
  readonly binary?: Uint8Array | string;
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

/**
 * Position in a file, counted from 1 as editors do: a column counts UTF-16 code units, the byte order mark counts nothing,
 * a line ends with `\n`.
 */
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
  /** The document, or an item of a List, is no object of Kubernetes: `missing` is kind, apiVersion or object (no map). */
  | 'manifest.notAnObject'
  /** The same key twice in one map; kubectl takes the last: `key`. */
  | 'manifest.duplicateKey'
  /** Nesting or aliases beyond what a reader should follow: `limit` is nesting or aliases. Kept as raw text. */
  | 'manifest.excessive'
  /** The file is not text (`reason`: nul, utf16, utf8; `offset` of the byte). Nothing of it is used. */
  | 'manifest.binary'
  /** Text after a `...` line, or after the dashes of a `---` line, which kubectl does not read or refuses. */
  | 'manifest.ignored'
  /** The file holds a template that is not YAML yet (`{{ … }}`). Kept as raw text. */
  | 'manifest.template';
