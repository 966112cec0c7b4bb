import type { ApiClient, ApiResult } from '../client/api-client.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import type { Informer } from '../client/informer.ts';
import type { View } from '../client/view.ts';
import type { ManagerFlags, PluginAnswer } from './controller.ts';
import type { Workqueue } from './workqueue.ts';

/** One sync under way. */
export interface Sync {
  readonly key: string;
  readonly startedMs: number;
  readonly views: readonly View[];
  readonly journal: unknown[];
  readonly cause: number;
  /** Answers to the calls that are out, and how many are missing. */
  answers: (ApiResult | PluginAnswer | undefined)[];
  missing: number;
}

export interface ControllerState {
  readonly flags: ManagerFlags;
  readonly client: ApiClient;
  /** The informers are shared by all controllers, and watch as the manager itself. */
  readonly watcher: ApiClient;
  readonly informers: Informer[];
  readonly queue: Workqueue;
  readonly recorder: EventRecorder;
  /** By key: one worker each. */
  readonly syncs: Map<string, Sync>;
  /** Which call of which sync a request is. */
  readonly calls: Map<number, { readonly key: string; readonly index: number }>;
  /** Which call of which sync a call of a plugin is. */
  readonly pluginCalls: Map<number, { readonly key: string; readonly index: number }>;
  readonly memories: Map<string, unknown>;
  /** When a timer goes off that only sees whether nothing came of a key. */
  readonly checks: Map<string, number>;
  /** When a key is added again, by key. */
  readonly delayed: Map<string, number>;
  /** Newest revision that the last sync of a key wrote, by resource. */
  readonly written: Map<string, Map<string, number>>;
}
