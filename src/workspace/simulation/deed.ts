import type { ApplyLine } from '../../simulator/script/apply-order.ts';
import type { FaultOrder } from '../../simulator/faults/fault.ts';
import type { TextEdit } from '../../simulator/kubectl/text-edit.ts';
import type { TrafficOrder } from '../../simulator/network/traffic.ts';

/** What somebody did to a cluster: everything that, with the design and the seed, makes a run what it is. */
export type DeedAct =
  | { readonly type: 'kubectl'; readonly line: string; readonly edits?: readonly TextEdit[] }
  /** The text in the editor that is open is saved as it is here, and the editor closed. */
  | { readonly type: 'save'; readonly text: string }
  /** Ctrl+C: the lines that run are ended. */
  | { readonly type: 'interrupt' }
  | { readonly type: 'fault'; readonly order: FaultOrder }
  | { readonly type: 'request'; readonly order: TrafficOrder }
  /** Requests of that name are sent no longer. */
  | { readonly type: 'endRequests'; readonly name: string }
  /** The design was changed: these lines of kubectl follow one another. */
  | { readonly type: 'lines'; readonly lines: readonly ApplyLine[] };

/** A deed, after everything else that happened in its millisecond of the run. */
export type Deed = DeedAct & { readonly atMs: number };
