import type { KubernetesObject } from '../apimachinery/object.ts';
import type { ObjectIdentity } from '../apimachinery/object-identity.ts';
import type { JsonObject, Path } from '../base/json.ts';
import type { LayoutEntry } from '../manifest/layout-comment.ts';
import type { ManifestProblem } from '../manifest/manifest.ts';

/** Opaque name of a record for as long as the design is open: stays when the object is renamed. */
export type RecordId = string;
/** Opaque name of a document's text. */
export type SegmentId = string;

/**
 * Everything a person has made: files of manifests and where their cards stand. One immutable value that shares
 * structure with the one before; a command returns the next. Objects are derived from the text of the segments,
 * never the other way round.
 */
export interface Design {
  /** By path, in the order they were brought in. */
  readonly files: ReadonlyMap<string, DesignFile>;
  readonly segments: ReadonlyMap<SegmentId, DesignSegment>;
  /** In the order of files and documents for an import; what was added later comes last. */
  readonly records: ReadonlyMap<RecordId, DesignRecord>;
  /** Where people placed cards and frames. What is not here is laid out automatically. */
  readonly placements: Readonly<Record<Picture, ReadonlyMap<PlacementKey, Placement>>>;
  /** Next number for record and segment names; counts up only, so that an undone name is never used twice. */
  readonly nextId: number;
}

export interface DesignFile {
  readonly path: string;
  readonly bom: boolean;
  readonly lineEnd: '\n' | '\r\n';
  readonly segments: readonly SegmentId[];
  readonly problems: readonly ManifestProblem[];
  /** What the layout of this file said when it was read: it is written anew only once it says something else. */
  readonly layout?: readonly LayoutEntry[];
  /** Drydock's own file: holds no object of a cluster, see `own-file.ts`. */
  readonly isOwn?: boolean;
  /** The content of a file that is no text; it is exported as it came. */
  readonly binary?: Uint8Array | string;
}

export type DesignSegment =
  | { readonly id: SegmentId; readonly type: 'raw'; readonly text: string }
  | {
      readonly id: SegmentId;
      readonly type: 'document';
      readonly text: string;
      readonly format: 'yaml' | 'json';
      /** The records inside, in the order of the text: one, or those of a List. */
      readonly records: readonly RecordId[];
    };

export interface DesignRecord {
  readonly id: RecordId;
  readonly file: string;
  readonly segment: SegmentId;
  /** Where the object stands in its document: `[]`, or `['items', 3]`. */
  readonly path: Path;
  /** First line inside the segment, from 0. */
  readonly line: number;
  readonly object: KubernetesObject;
  /** `Deployment.apps/shop/web`; two records may share one, which is a problem and not an error. */
  readonly identity: ObjectIdentity;
  /** '' for cluster-scoped kinds, `default` where the object names none. */
  readonly namespace: string;
}

/** Two pictures of one design, each with its own placements. */
export type Picture = 'application' | 'cluster';
export const PICTURES = ['application', 'cluster'] as const satisfies readonly Picture[];

/** A record's id, `frame:shop` for a frame, or the key of something drawn (`note:…`). */
export type PlacementKey = string;

/** Top left corner in canvas units (CSS pixels at 100 %), relative to the frame the card stands in. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly height?: number;
  /** What is drawn here that is no object (see `drawn.ts`), or `folded` and `locked` for a frame or card. */
  readonly drawn?: JsonObject;
}

export const EMPTY_DESIGN: Design = {
  files: new Map(),
  segments: new Map(),
  records: new Map(),
  placements: { application: new Map(), cluster: new Map() },
  nextId: 1,
};
