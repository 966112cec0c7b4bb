import type { StoreApi } from 'zustand/vanilla';
import type { FaultOrder } from '../../simulator/faults/fault.ts';
import type { TrafficOrder } from '../../simulator/network/traffic.ts';
import type { LogEntry } from '../../simulator/story/log-entry.ts';
import type { Frame } from './frame.ts';
import type { AnswerTo, Look } from './look.ts';
import type { Milestone } from './milestones.ts';
import type { WriteVerdict } from './refusals.ts';
import type { RunNetwork } from './run-network.ts';
import type { QuestionName, Questions } from './questions.ts';
import type { Act, EntryAccount, KubectlLine } from './simulation-protocol.ts';

export type { LogEntry } from '../../simulator/story/log-entry.ts';
export type { TraceEntry } from '../../simulator/kernel/trace.ts';
export type { EntryAccount } from './simulation-protocol.ts';
export type { AnswerTo, Look } from './look.ts';
export type { ContainerInside, PodInside, VolumeInside } from './node-inside.ts';
export type { Milestone } from './milestones.ts';
export type { Refusal, WriteVerdict } from './refusals.ts';

/** What the page sees of the simulation: a store to read and a few verbs. The page never waits. */
export interface Simulation {
  readonly store: StoreApi<SimulationState>;
  /** A fresh cluster for these files. */
  start(files: readonly { readonly path: string; readonly content: Uint8Array }[], options: StartOptions): void;
  /** Ends the run; the thread is given back. */
  end(): void;
  /** Stops the work that is going on; what is there stays. */
  stop(): void;
  /** Shows the cluster as it stood at a step. */
  goTo(seq: number): void;
  kubectl(line: string): void;
  /** Closes the editor of a line of kubectl with the text as it is. */
  saveText(token: string, text: string): void;
  /** Ends the lines of kubectl that run. */
  interrupt(): void;
  fault(order: FaultOrder): void;
  /** The design as it is now, applied at the step that is shown. */
  apply(files: readonly { readonly path: string; readonly content: Uint8Array }[]): void;
  /** Applies an object of the design, `Deployment/shop/web`, and takes over the fields that others have set. */
  takeOver(object: string): void;
  /** Lets time go on after everything has happened, in milliseconds of the run. */
  wait(forMs: number): void;
  /** Does what a Script says, at its times, from the step that is shown on. */
  follow(script: string): void;
  showBranch(branch: number): void;
  /** Something of the cluster as it stood at the step that is shown; of a run that has ended meanwhile, never. */
  look<Wanted extends Look>(look: Wanted): Promise<AnswerTo<Wanted>>;
  /** Sends a request from a Pod, a Node or from outside. */
  request(order: TrafficOrder): void;
  /** Ends requests that have a name. */
  endRequests(name: string): void;
  /** Calls a branch by a name of somebody's own. */
  renameBranch(branch: number, title: string): void;
  /** A branch that is not wanted any more; the first run stays. Branches that began in it stay too. */
  deleteBranch(branch: number): void;
  /**
   * Something about the cluster as it stood at the step that is shown, or at the end of another branch; undefined where
   * the run is over before the answer comes.
   */
  ask<Name extends QuestionName>(
    name: Name,
    ask: Questions[Name]['ask'],
    at?: { readonly branch: number; readonly seq: number },
  ): Promise<Questions[Name]['answer'] | undefined>;
}

export interface StartOptions {
  readonly seed: number;
  /** Worker Nodes, where the design draws none. */
  readonly workers: number;
  /** What its network is like; as by default where left out. A kept run says that itself. */
  readonly network?: RunNetwork;
  /** A kept run that is played again, as YAML. */
  readonly script?: string;
  /** Where it is shown first: the seq of a step; the first step of the story where left out. */
  readonly showSeq?: number;
}

export interface SimulationState {
  readonly status: 'idle' | 'running' | 'settled' | 'moving' | 'failed';
  readonly failure: string | undefined;
  readonly options: StartOptions;
  readonly branches: readonly BranchState[];
  /** The branch that somebody looks at, and the step of it. */
  readonly branch: number;
  readonly seq: number;
  /** What is drawn: behind `seq` while the cluster of that step is on its way. */
  readonly moment: Moment | undefined;
  /** A kept run that is played again: the hash that it must come to. */
  readonly keptHash: string | undefined;
}

/** One step as the pictures show it, all of it at once. */
export interface Moment {
  readonly branch: number;
  readonly seq: number;
  readonly frame: Frame;
  /** Everything about the step. */
  readonly account: EntryAccount | undefined;
}

export interface BranchState {
  /** The name that somebody gave it. */
  readonly title: string | undefined;
  /** It was deleted: it keeps its number, and is offered no more. */
  readonly isDeleted: boolean;
  /** Of everything that happened in it; undefined while it goes on. */
  readonly hash: string | undefined;
  readonly parent: number | undefined;
  /** How many of its first steps are those of its parent. */
  readonly shared: number;
  readonly act: Act | undefined;
  /** By seq, less one. A list that grows; `length` says how far it is read. */
  readonly entries: readonly LogEntry[];
  readonly length: number;
  readonly timeMs: number;
  readonly settled: boolean;
  readonly moving: readonly string[];
  readonly terminal: readonly KubectlLine[];
  /** Oldest first, up to what is known of the branch. */
  readonly milestones: readonly Milestone[];
  readonly verdicts: readonly WriteVerdict[];
}
