import type { StoreApi } from 'zustand/vanilla';
import type { Command, CommandOutcome, CommandRefusal } from '../design/commands/command.ts';
import type { Design, Picture, RecordId } from '../design/design.ts';
import type { ReferenceGraph } from '../design/graph.ts';
import type { LintSwitches } from '../design/lints/switches.ts';
import type { Problem } from '../design/problem.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { Scene } from '../scene/scene.ts';
import type { Baseline } from './baseline.ts';

/**
 * What the page sees of everything below it: one store to read and a few verbs. Heavy work (reading files, resolving
 * references, checks, layout) happens in workers; the store changes when an answer arrives. The page never waits.
 */
export interface Workspace {
  readonly store: StoreApi<WorkspaceState>;

  /** Runs a command on the current design as one undo step. Gives the refusal, or undefined when it was done. */
  run<Arguments>(command: Command<Arguments>, args: Arguments): CommandRefusal | undefined;
  /** What a command would do, for a preview of its diff; nothing changes. */
  preview<Arguments>(command: Command<Arguments>, args: Arguments): CommandOutcome | CommandRefusal;
  undo(): void;
  redo(): void;
  /**
   * Lets somebody else judge every change from now on: one that it refuses is not made. What takes no answer (an import,
   * a text put in the place of files) is dropped; the judge tells the person.
   */
  guard(judge: Judge | undefined): void;

  /** Reads files off the main thread and adds them as one undo step; progress and the account are in the store. */
  importFiles(files: readonly ImportedFile[]): void;
  /** Shows a design in place of the one that is shown, as a new beginning: nothing of before can be undone. */
  open(files: readonly ImportedFile[]): void;
  /** Puts files in the place of all there are, at once and as one undo step; what stays the same object stays selected. */
  replaceFiles(files: readonly ExportedFile[]): void;
  cancelImport(): void;
  /** Forgets the account of the last import. */
  dismissImport(): void;

  /** The files as they would be saved: untouched input byte for byte. */
  exportFiles(options: { readonly layout: 'keep' | 'drop' }): readonly ExportedFile[];
  /** The files were saved as they are: from now on changes are measured against them. */
  noteSaved(): void;

  /** The references of the newest design, resolved here and now where the store's `graph` is older. */
  references(): ReferenceGraph;

  select(ids: readonly RecordId[]): void;
  showPicture(picture: Picture): void;
  /** Says which lints are asked; the defaults until then. */
  switchLints(switches: LintSwitches): void;
  /**
   * Minor of the Kubernetes 1.x that the design is meant for: what is served, deprecated and removed there is what checks,
   * verdicts and conversions go by. Rules of validation are always the pinned release's.
   */
  meanFor(release: number): void;
  /** Lays everything out again, people's placements included, as one undo step. */
  tidy(): void;
  /** Takes the last failure off the screen. */
  dismissFailure(): void;
  /** Empties the design as one undo step. */
  clear(): void;
}

/** Says why a change may not be made. */
export type Judge = (before: Design, after: Design) => CommandRefusal | undefined;

export interface ImportedFile {
  readonly path: string;
  readonly content: Uint8Array | string;
}

export interface ExportedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

export interface WorkspaceState {
  readonly design: Design;
  readonly registry: KindRegistry;
  /** References and problems of a design that is at most a moment older than `design`; `pending` says so. */
  readonly graph: ReferenceGraph;
  readonly problems: readonly Problem[];
  /** Of how many objects it is known what an API server would say. */
  readonly judged: Judged;
  readonly picture: Picture;
  /** Minor of the Kubernetes 1.x that the design is meant for. */
  readonly release: number;
  readonly scene: Scene;
  /** The worker is still working on the newest design. */
  readonly pending: boolean;
  readonly selection: ReadonlySet<RecordId>;
  readonly import: ImportState;
  /** What changes are measured against. */
  readonly baseline: Baseline;
  readonly history: { readonly undo: HistoryStep | undefined; readonly redo: HistoryStep | undefined };
  /** The last time something went wrong that is not the user's doing; shown until dismissed. */
  readonly failure: string | undefined;
}

/** Objects. */
export interface Judged {
  readonly done: number;
  readonly total: number;
}

export type HistoryStep = CommandOutcome['description'];

export type ImportState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      /** A design is being opened, and not added to. */
      readonly opens: boolean;
      readonly filesDone: number;
      readonly filesTotal: number;
      readonly objects: number;
    }
  | { readonly status: 'done'; readonly account: ImportAccount };

/** How an import ended: nothing is dropped without a line here. */
export interface ImportAccount {
  readonly files: number;
  readonly objects: number;
  readonly kinds: number;
  readonly references: number;
  /** Parts that were not understood; their text is kept where it is text. */
  readonly skipped: readonly SkippedPart[];
  readonly cancelled: boolean;
  readonly durationMs: number;
}

export interface SkippedPart {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** A `ManifestProblemId`, and what fills its sentence. */
  readonly id: string;
  readonly params: Readonly<Record<string, string | number>>;
}
