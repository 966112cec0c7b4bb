import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Path } from '../base/json.ts';
import type { Design, RecordId } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import type { TrialPort } from '../experiment/pool.ts';
import type { Comparer } from '../workspace/compare/designs.ts';
import type { ImportedFile } from '../workspace/workspace.ts';
import type { Direction } from './connecting/spot-beside.ts';

/** What is open on the page; none of it belongs to the design, so none of it is undone. */
export interface PageState {
  /** The design, or its rehearsal in a simulated cluster. */
  readonly mode: 'design' | 'simulation';
  /** The design as it was when the cluster that runs last took it over. */
  readonly simulated: Design | undefined;
  readonly dialog: PageDialog | undefined;
  /** It is not known yet whether a design of before opens. */
  readonly starting: boolean;
  /** The example of a first visit is shown, with things to try. */
  readonly welcome: boolean;
  readonly inspectorTab: 'form' | 'yaml' | 'relations';
  readonly dockTab: 'problems' | 'files' | 'yaml' | 'variants';
  /** Loads what starts threads for experiments, and for comparing. */
  readonly trials?: () => Promise<{ readonly openTrials: () => TrialPort; readonly openComparer: () => Comparer }>;
  /** An edge of the scene, chosen instead of cards. */
  readonly edge: string | undefined;
  /** Asks the canvas to bring a card into view; the number makes each request a new one. */
  readonly reveal: { readonly record: RecordId; readonly request: number } | undefined;
  /** Asks the form or the text of a record to go to a field. */
  readonly field: FieldRequest | undefined;
  /** Asks the problems pane to show one problem, by its key. */
  readonly shownProblem: { readonly key: string; readonly request: number } | undefined;
}

export interface FieldRequest {
  readonly record: RecordId;
  readonly path: Path;
  readonly request: number;
}

/** A Pod, or the text of a pattern, that is to be put into a workload: into one that is still to be chosen where left out. */
export interface PutIntoRequest {
  readonly source:
    | { readonly record: RecordId }
    | { readonly text: string; readonly title: string; readonly stem?: string };
  readonly workload?: RecordId;
}

/** Two designs by name, the older first. */
export interface ComparedPair {
  readonly before: NamedDesign;
  readonly after: NamedDesign;
}

interface NamedDesign {
  readonly name: string;
  readonly files: readonly ImportedFile[];
}

export type GlossaryTab = 'cards' | 'notes' | 'checklist' | 'gates';

/** A place in the glossary: one of its pages, and the card or correction that is shown there. */
export interface GlossaryPlace {
  readonly tab: GlossaryTab;
  /** Number of an item of the checklist. */
  readonly item?: number;
  /** `X33`. */
  readonly correction?: string;
}

export type PageDialog =
  | { readonly type: 'add'; readonly namespace?: string }
  | { readonly type: 'delete'; readonly records: readonly RecordId[] }
  | { readonly type: 'rename'; readonly record: RecordId }
  | { readonly type: 'move'; readonly records: readonly RecordId[] }
  | { readonly type: 'connect'; readonly source: RecordId; readonly target: RecordId }
  | { readonly type: 'createConnected'; readonly to: RecordId; readonly direction: Direction }
  | { readonly type: 'group'; readonly records: readonly RecordId[] }
  | { readonly type: 'find' }
  | { readonly type: 'filter' }
  | { readonly type: 'connectTo'; readonly source: RecordId }
  /** Something that is pointed at and not there, by its identity. */
  | { readonly type: 'ghost'; readonly identity: string }
  | ({ readonly type: 'putInto' } & PutIntoRequest)
  | { readonly type: 'export' }
  | { readonly type: 'experiment' }
  | { readonly type: 'lessons' }
  /** The lesson that is open, to be given away. */
  | { readonly type: 'handOut' }
  | { readonly type: 'exam' }
  | { readonly type: 'glossary'; readonly at: GlossaryPlace }
  | { readonly type: 'lints' }
  | { readonly type: 'fix'; readonly problem: Problem }
  | { readonly type: 'convert'; readonly record: RecordId }
  | { readonly type: 'designs' }
  | { readonly type: 'templates' }
  | { readonly type: 'picture' }
  | {
      readonly type: 'foreign';
      readonly files: readonly ImportedFile[];
      readonly found: 'compose' | 'kustomize' | 'live';
    }
  /** The design with one that is chosen there, or two others. */
  | { readonly type: 'compare'; readonly pair?: ComparedPair }
  | { readonly type: 'share' }
  /** A link's fragment that holds a design. */
  | { readonly type: 'shared'; readonly fragment: string }
  | { readonly type: 'commands' }
  | { readonly type: 'keys' };

export const page = createStore<PageState>(() => ({
  mode: 'design',
  simulated: undefined,
  dialog: undefined,
  starting: true,
  welcome: false,
  inspectorTab: 'form',
  dockTab: 'problems',
  edge: undefined,
  reveal: undefined,
  field: undefined,
  shownProblem: undefined,
}));

export function usePage<Value>(select: (state: PageState) => Value): Value {
  return useStore(page, select);
}

export function openDialog(dialog: PageDialog): void {
  page.setState({ dialog });
}

export function closeDialog(): void {
  page.setState({ dialog: undefined });
}

export function reveal(record: RecordId): void {
  page.setState(({ reveal: before }) => ({ reveal: { record, request: (before?.request ?? 0) + 1 } }));
}
