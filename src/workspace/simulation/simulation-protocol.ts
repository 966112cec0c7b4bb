import type { FaultOrder } from '../../simulator/faults/fault.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import type { LogEntry } from '../../simulator/story/log-entry.ts';
import type { TrafficOrder } from '../../simulator/network/traffic.ts';
import type { FrameChange } from './frame-change.ts';
import type { Reading } from './log-reader.ts';
import type { Look, LookAnswer } from './look.ts';
import type { RunNetwork } from './run-network.ts';
import type { Question } from './questions.ts';

/** What the page asks of the simulation thread. Everything here survives a structured clone. */
export type ToSimulation =
  /** A fresh cluster, and the files applied to it. */
  | {
      readonly type: 'start';
      readonly files: readonly { readonly path: string; readonly content: Uint8Array }[];
      readonly seed: number;
      readonly workers: number;
      readonly network?: RunNetwork;
      /** A Script, as YAML: what is done to the cluster, and when. Its seed and workers go before these. */
      readonly script?: string;
    }
  /** Something is done at a step of a branch; in its past that begins a branch of its own. */
  | { readonly type: 'act'; readonly branch: number; readonly seq: number; readonly act: Act }
  /** How the cluster stood at a step, and what the step carried. */
  | {
      readonly type: 'moment';
      readonly request: number;
      readonly branch: number;
      readonly seq: number;
      /** The request whose moment the page has: no more is told than what differs from it. */
      readonly known: number | undefined;
    }
  /** Something of the cluster as it stood at a step that the pictures do not show. */
  | {
      readonly type: 'look';
      readonly request: number;
      readonly branch: number;
      readonly seq: number;
      readonly look: Look;
    }
  /** Something about the cluster as it stood at a step. */
  | {
      readonly type: 'ask';
      readonly request: number;
      readonly branch: number;
      readonly seq: number;
      readonly question: Question;
    }
  /** Ends the work on the run that is going on; what is there of it stays. */
  | { readonly type: 'stop' };

export type Act =
  | { readonly type: 'kubectl'; readonly line: string }
  /** The text in the editor of a line is saved, as it is here, and the editor closed. */
  | { readonly type: 'save'; readonly token: string; readonly text: string }
  /** Ctrl+C: the lines that run are ended. */
  | { readonly type: 'interrupt' }
  | { readonly type: 'fault'; readonly order: FaultOrder }
  | { readonly type: 'request'; readonly order: TrafficOrder }
  /** Requests of that name are sent no longer. */
  | { readonly type: 'endRequests'; readonly name: string }
  /** The design as it is now. */
  | { readonly type: 'apply'; readonly files: readonly { readonly path: string; readonly content: Uint8Array }[] }
  /** An object of the design is applied again, and the fields that others have set are taken over: `Deployment/shop/web`. */
  | { readonly type: 'takeOver'; readonly object: string }
  /** What a Script says, at its times: those of the run. */
  | { readonly type: 'script'; readonly script: string }
  /** Nothing is done but to let time pass, in milliseconds. */
  | { readonly type: 'wait'; readonly forMs: number };

export type FromSimulation =
  | { readonly type: 'ready' }
  /** A branch begins; its first `shared` steps are those of another. */
  | {
      readonly type: 'branch';
      readonly branch: number;
      readonly parent: number | undefined;
      readonly shared: number;
      /** What began it. */
      readonly act: Act | undefined;
    }
  /** Further steps of a branch. */
  | { readonly type: 'log'; readonly branch: number; readonly entries: readonly LogEntry[] }
  | { readonly type: 'progress'; readonly branch: number; readonly timeMs: number; readonly entries: number }
  /** The run goes no further: it has settled, reached its end, or was stopped. */
  | {
      readonly type: 'ended';
      readonly branch: number;
      readonly timeMs: number;
      readonly settled: boolean;
      /** Of everything that happened. */
      readonly hash: string;
      /** Steps that were told without knowing what they lead to: the story has them after all. */
      readonly told: readonly number[];
      /** Components that still have something to do. */
      readonly moving: readonly string[];
    }
  /** Nothing of the design that was to be applied has changed: nothing was done. */
  | { readonly type: 'unchanged' }
  /** Milestones of further steps of a branch, and how the server took what a person wrote. */
  | ({ readonly type: 'reading'; readonly branch: number } & Reading)
  | { readonly type: 'look'; readonly request: number; readonly answer: LookAnswer }
  | {
      readonly type: 'moment';
      readonly request: number;
      readonly change: FrameChange;
      /** Undefined where there is no such step. */
      readonly account: EntryAccount | undefined;
    }
  /** What a line of kubectl has printed so far, or in all. */
  | ({ readonly type: 'kubectl'; readonly branch: number } & KubectlLine)
  | { readonly type: 'told'; readonly request: number; readonly answer: unknown }
  /** The script of a run that was kept has been read: what it is made of, and the hash that it must come to again. */
  | {
      readonly type: 'kept';
      readonly seed: number;
      readonly workers: number;
      readonly network: RunNetwork;
      readonly hash: string | undefined;
    }
  | { readonly type: 'failed'; readonly message: string };

/** A line of kubectl and what it has printed. */
export interface KubectlLine {
  readonly token: string;
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined while it runs. */
  readonly exitCode: number | undefined;
  /** Text that lies in its editor; undefined while none is open. */
  readonly editor: string | undefined;
  /** Seq of the last step before that was there. */
  readonly seq: number;
}

/** Everything about one step. */
export interface EntryAccount {
  readonly entry: TraceEntry;
  /** The gates that the request passed, in order, up to its answer. */
  readonly gates: readonly TraceEntry[];
  /** The answer to the request. */
  readonly answer: TraceEntry | undefined;
  /** Seqs, nearest first, back to what nothing led to. */
  readonly because: readonly number[];
  readonly leadsTo: readonly number[];
}
