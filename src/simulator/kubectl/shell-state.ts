import type { JudgeContext } from '../../kinds/served-kind.ts';
import type { ApiCall, ApiClient, ApiResult } from '../client/api-client.ts';
import type { ClientSettings } from '../client/client-component.ts';
import type { WatchEvent } from '../messages.ts';
import type { ManifestFiles } from './command.ts';
import type { LocalPort, LocalRequest } from './local-ports.ts';
import type { TextEdit } from './text-edit.ts';

export interface KubectlSettings extends ClientSettings {
  readonly kinds: JudgeContext;
}

/** A timer of the component: run this line. */
export interface KubectlOrder {
  readonly token: string;
  readonly line: string;
  readonly files: ManifestFiles;
  /** What is done in its editor, each time that it opens; somebody sits at it where left out. */
  readonly edits?: readonly TextEdit[];
}

/** What became of a command line. */
export interface KubectlOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A command under way. */
export interface Shell {
  readonly order: KubectlOrder;
  readonly journal: unknown[];
  /** Number of the wait: a time limit of an earlier one does not count. */
  wait: number;
  answers: (ApiResult | undefined)[];
  missing: number;
  /** Watches and streams whose next changes are waited for. */
  watching: readonly number[];
  /** It waits for whatever else may come, without end. */
  isFollowing: boolean;
  /** What it has printed so far. */
  stdout: string;
  stderr: string;
  /** Text that lies in the editor, and how often it was opened. */
  editing: string | undefined;
  launches: number;
}

/** What has come of a watch or a stream: changes of objects, or pieces of text. */
export interface Watched {
  readonly token: string;
  events: readonly (WatchEvent | string)[];
  isOver: boolean;
  /** How the server refused it, or how it broke off. */
  failure: Failure | undefined;
}

export type Failure = ApiResult & { readonly ok: false };

/** What was waited for, of one watch; null where the time came first. */
export type Came = {
  readonly watch: number;
  readonly events: readonly (WatchEvent | string)[];
  readonly isOver: boolean;
  readonly failure: Failure | undefined;
} | null;

export interface KubectlState {
  readonly settings: KubectlSettings;
  readonly client: ApiClient;
  readonly shells: Map<string, Shell>;
  readonly calls: Map<number, { readonly token: string; readonly index: number }>;
  /** Changes that nobody has asked for yet, by watch. */
  readonly changes: Map<number, Watched>;
  readonly outcomes: Map<string, KubectlOutcome>;
  /** Ports on which commands listen, and requests that came to them. */
  readonly ports: Map<number, LocalPort>;
  readonly localRequests: Map<number, LocalRequest>;
}

/** What a command waits for: an answer to a request, changes of a watch, or somebody who edits a text. */
export type Question =
  | ApiCall
  | { readonly watches: readonly number[]; readonly untilMs: number }
  | { readonly text: string };
export type Answer = ApiResult | Came | string;
