import type { KubernetesObject } from '../apimachinery/object.ts';
import type { ProblemEntry, ReferenceEntry } from '../commandline/entries.ts';
import type { DesignFile } from './design-file.ts';

export type Language = 'en' | 'zh-CN';

/** One object of the files, where it stands. */
export interface DesignObject {
  /** Identity: `Deployment.apps/shop/web`. */
  readonly id: string;
  readonly kind: string;
  readonly apiVersion: string;
  /** '' for what has none. */
  readonly namespace: string;
  readonly name: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly object: KubernetesObject;
}

/** A part of a file that could not be read; its text is kept on export. */
export interface UnreadPart {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface ReadResult {
  readonly objects: readonly DesignObject[];
  readonly unread: readonly UnreadPart[];
}

export interface ReferencesResult {
  readonly references: readonly ReferenceEntry[];
  /** What is wrong between objects: a target that is missing, a selector that matches nothing. */
  readonly problems: readonly ProblemEntry[];
}

export interface ValidateOptions {
  /** Minor of the Kubernetes 1.x whose served versions count; the pinned one where left out. */
  readonly release?: number;
  /** Asks for good practice too. */
  readonly lints?: boolean;
  readonly language?: Language;
}

export interface ObjectVerdict {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  /** Whether an API server would accept it; null where no schema is known. */
  readonly valid: boolean | null;
  /** HTTP status of its answer; 0 where unknown. */
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly errors: readonly FieldFault[];
  readonly warnings: readonly string[];
  /** The object as it would be stored, with every default; undefined where it is refused. */
  readonly stored: KubernetesObject | undefined;
}

export interface FieldFault {
  /** As the server spells it: `spec.ports[0].name`. */
  readonly field: string;
  /** `FieldValueRequired`… */
  readonly reason: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface ValidateResult {
  readonly objects: readonly ObjectVerdict[];
  readonly problems: readonly ProblemEntry[];
}

export interface SimulateOptions {
  /** Workers, where the files hold no Node; 3 where left out. */
  readonly nodes?: number;
  readonly seed?: number;
  /** When it ends, in milliseconds of the run; once it has settled where left out. */
  readonly untilMs?: number;
  /** Text of a `kind: Script` that is played. */
  readonly script?: string;
}

export interface SimulateResult {
  /** `1.36`. */
  readonly release: string;
  readonly seed: number;
  readonly settled: boolean;
  /** What still moves where it has not settled. */
  readonly moving: readonly string[];
  /** Milliseconds of the run. */
  readonly timeMs: number;
  /** Everything the cluster holds at the end, Events apart. */
  readonly objects: readonly KubernetesObject[];
  readonly events: readonly KubernetesObject[];
  /** The same for the same run, whatever machine it ran on. */
  readonly traceHash: string;
  readonly entries: number;
  /** What kubectl said. */
  readonly said: readonly string[];
}

export interface ExportOptions {
  /** Whether the places of cards are written, as comments; kept where left out. */
  readonly layout?: 'keep' | 'drop';
}

/** What a thread can be asked; see `startCore`. */
export interface Core {
  readManifests(files: readonly DesignFile[]): Promise<ReadResult>;
  findReferences(files: readonly DesignFile[], language?: Language): Promise<ReferencesResult>;
  validate(files: readonly DesignFile[], options?: ValidateOptions): Promise<ValidateResult>;
  exportManifests(files: readonly DesignFile[], options?: ExportOptions): Promise<readonly DesignFile[]>;
  compare(before: readonly DesignFile[], after: readonly DesignFile[]): Promise<CompareResult>;
  simulate(files: readonly DesignFile[], options?: SimulateOptions): Promise<SimulateResult>;
}

export interface CompareResult {
  readonly differences: readonly ComparedObject[];
  /** How many objects are the same on both sides. */
  readonly same: number;
}

export interface ComparedObject {
  /** Of the second side; of the first where the object is gone. */
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed' | 'renamed';
  /** What a renamed object was called. */
  readonly from?: string;
  readonly fields: readonly ComparedField[];
}

/** A field that only one side has lacks the other value. */
export interface ComparedField {
  readonly field: string;
  readonly before?: KubernetesObject[string];
  readonly after?: KubernetesObject[string];
}
