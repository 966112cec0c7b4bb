import type { ComponentId, Context } from '../component.ts';
import { answerCall } from './answer-call.ts';
import type { LogOptions } from './logs.ts';
import { logsOf, nextLineMs } from './logs.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import type { KubeletState } from './state.ts';

/** Somebody who reads on what a container writes. Never changes. */
export interface Follower {
  readonly to: ComponentId;
  readonly id: number;
  readonly method: string;
  readonly uid: string;
  /** Id of the container. */
  readonly container: string;
  readonly options: LogOptions;
  /** Up to this moment all is told, in milliseconds of the run. */
  readonly toldMs: number;
  /** Bytes that may still be told; undefined for any number. */
  readonly bytesLeft: number | undefined;
}

export const FOLLOW = 'follow-logs';

/** Tells what the container has written, and goes on telling until it has ended. */
export function followLogs(
  state: KubeletState,
  follower: Omit<Follower, 'toldMs' | 'bytesLeft'>,
  container: RuntimeContainer,
  context: Context,
): void {
  const { limitBytes } = follower.options;
  tell(state, { ...follower, toldMs: -1, bytesLeft: limitBytes }, container, context);
}

/** Those who read on are told what is new. Source: staging/src/k8s.io/cri-client/pkg/logs/logs.go `ReadLogs`, 1.36. */
export function tellFollowers(state: KubeletState, context: Context): void {
  for (const follower of state.followers.values()) {
    const { uid, container: id } = follower;
    const container = state.records.get(uid)?.runtime.containers.find((candidate) => candidate.id === id);
    if (container === undefined) end(state, follower, '', context);
    else if (container.state !== 'running' || (nextLineMs(container, follower.toldMs) ?? Infinity) <= context.nowMs)
      tell(state, follower, container, context);
  }
}

/** Nobody reads any more. */
export function unfollow(state: KubeletState, from: ComponentId, id: number): void {
  state.followers.delete(`${from}/${id}`);
}

function tell(state: KubeletState, follower: Follower, container: RuntimeContainer, context: Context): void {
  const { options, toldMs, bytesLeft } = follower;
  // Only of what was there at first are the last lines, and those since a time, asked for.
  const { timestamps = false } = options;
  const later = { timestamps, afterMs: toldMs };
  const limit = bytesLeft === undefined ? {} : { limitBytes: bytesLeft };
  const text = logsOf(container, context.nowMs, { ...(toldMs < 0 ? options : later), ...limit });
  const left = bytesLeft === undefined ? undefined : bytesLeft - text.length;
  if (container.state !== 'running' || left === 0) return end(state, follower, text, context);
  const { to, id, method } = follower;
  const next = Object.freeze({ ...follower, toldMs: context.nowMs, bytesLeft: left });
  state.followers.set(`${to}/${id}`, next);
  answerCall(to, { id, method }, true, { code: 200, text, isOpen: true }, context);
  const atMs = nextLineMs(container, context.nowMs);
  if (atMs !== undefined) context.timer(atMs - context.nowMs, FOLLOW);
}

function end(state: KubeletState, { to, id, method }: Follower, text: string, context: Context): void {
  unfollow(state, to, id);
  answerCall(to, { id, method }, true, { code: 200, text }, context);
}
