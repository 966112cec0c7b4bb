import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JudgeContext } from '../../kinds/served-kind.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import type { WatchEvent } from '../messages.ts';
import type { FlagSpecs, Flags } from './flags.ts';

/** Files that `-f` can name, by path. */
export type ManifestFiles = Readonly<Record<string, readonly KubernetesObject[]>>;

/** What came of a stream. */
export interface Pieces {
  readonly stream: number;
  readonly text: string;
  readonly isOver: boolean;
  /** How it was refused, or broke off. */
  readonly failure: (ApiResult & { readonly ok: false }) | undefined;
}

/** What a command can do. Its function is run again from the start after each answer: see `kernel/flow.ts`. */
export interface Terminal {
  call(call: ApiCall): ApiResult;
  callAll(calls: readonly ApiCall[]): readonly ApiResult[];
  /** Opens a watch once; gives its number. */
  watch(call: ApiCall): number;
  /** The next changes of a watch; undefined where none came up to a moment of the run, or the watch is over. */
  changes(watch: number, untilMs: number): readonly WatchEvent[] | undefined;
  /** What came next of streams that `watch` opened, up to a moment of the run; undefined where nothing came. */
  pieces(streams: readonly number[], untilMs: number): Pieces | undefined;
  /**
   * Listens on a loopback port of the laptop, for a Pod over a stream that `watch` opened or for the API server; false where
   * another command does.
   */
  listen(local: number, forward?: { readonly stream: number; readonly port: number }): boolean;
  /** A port of the laptop, between two, on which no command listens. */
  freePort(least: number, most: number): number;
  sleep(delayMs: number): void;
  /** Milliseconds of the run, as they were when the flow first came here. */
  now(): number;
  /** Letters that kubectl makes up, as it ends names with them; others at each call. */
  letters(count: number): string;
  /** Makes a value once, however often the command runs over it. */
  once<Value>(make: () => Value): Value;
  /** Opens a text in an editor and waits until it is saved; gives the text as it was left. */
  edit(text: string): string;
  out(text: string): void;
  err(text: string): void;
  readonly files: ManifestFiles;
  readonly kinds: JudgeContext;
}

/** One command of kubectl, one file each: how it reads its line and what it does. */
export interface KubectlCommand {
  /** `get`, `rollout status`. */
  readonly name: string;
  readonly flags: FlagSpecs;
  /** Says the same whatever flags there are. */
  readonly takesAnyFlags?: true;
  /** Prints texts of the API reference, which are loaded before it runs. */
  readonly readsDescriptions?: true;
  /** Gives the exit code. */
  run(terminal: Terminal, flags: Flags): number;
}

/** Ends a command with kubectl's words on standard error and exit code 1. */
export class KubectlError extends Error {}
