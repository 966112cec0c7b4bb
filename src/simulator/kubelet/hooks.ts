import type { JsonObject } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt, objectAt, valueAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import type { PodRecord } from './pod-record.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import type { KubeletState } from './state.ts';
import { callRuntime, podInWords } from './state.ts';

/** What became of a hook: it is done, it has failed, for a reason, or it still runs. */
export type HookOutcome = 'done' | { readonly failed: string };
export type HookName = 'postStart' | 'preStop';

/** Name of the timer with which a hook that sleeps ends. */
export const HOOK = 'hook';
export interface HookTimer {
  readonly uid: string;
  readonly id: string;
  readonly hook: HookName;
}

/**
 * Runs a hook of a container.
 * Source: pkg/kubelet/lifecycle/handlers.go `handlerRunner.Run`, 1.36.
 */
export function runHook(
  state: KubeletState,
  record: PodRecord,
  container: RuntimeContainer,
  handler: JsonObject,
  hook: HookName,
  context: Context,
): HookOutcome | 'later' {
  const { id, name } = container;
  const get = objectAt(handler, 'httpGet');
  const sleep = numberAt(handler, 'sleep', 'seconds');
  if (handler['exec'] !== undefined) {
    const command = arrayAt(handler, 'exec', 'command').map(String);
    const killing = hook === 'preStop' ? id : undefined;
    callRuntime(state, { uid: record.uid, container: name, killing }, 'ExecSync', { container: id, command }, context);
    return 'later';
  }
  if (get !== undefined) return request(record, container, get, context);
  const timer: HookTimer = { uid: record.uid, id, hook };
  context.timer((sleep ?? 0) * 1000, HOOK, timer);
  return 'later';
}

/** A request succeeds whatever it is answered; it fails where nobody listens. */
function request(record: PodRecord, container: RuntimeContainer, get: JsonObject, context: Context): HookOutcome {
  const path = nameAt(get, 'path') ?? '/';
  const host = nameAt(get, 'host') ?? record.runtime.sandboxes[0]?.ip ?? '';
  const port = String(valueAt(get, 'port') ?? '');
  const url = `http://${host}:${port}${path}`;
  const isListening =
    container.isFrozen !== true && context.nowMs - container.startedAtMs >= (container.behaviour.startMs ?? 0);
  const detail = { container: container.name, url, ok: isListening };
  context.note({ class: 'packet', verb: 'GET', object: `Pod/${record.key}`, detail });
  if (isListening) return 'done';
  const error = `Get "${url}": dial tcp ${host}:${port}: connect: connection refused`;
  const where = `Container "${container.name}" in Pod "${podInWords(record)}"`;
  return { failed: `HTTP lifecycle hook (${path}) for ${where} failed - error: ${error}` };
}

/** The outcome of a command that was run as a hook. */
export function execOutcome(
  record: PodRecord,
  container: string,
  handler: JsonObject | undefined,
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
): HookOutcome {
  const code = Number(result['exitCode'] ?? 0);
  if (ok && code === 0) return 'done';
  const command = arrayAt(handler, 'exec', 'command').map(String).join(' ');
  const error = ok ? `command '${command}' exited with ${code}: ${String(result['output'])}` : String(result['error']);
  const message = JSON.stringify(String(result['output'] ?? ''));
  const where = `Container "${container}" in Pod "${podInWords(record)}"`;
  return { failed: `Exec lifecycle hook ([${command}]) for ${where} failed - error: ${error}, message: ${message}` };
}
