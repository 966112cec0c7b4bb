import { execAnswer } from '../../behaviour/exec.ts';
import type { Context } from '../../component.ts';
import type { CallMessage } from '../../messages.ts';
import { answer } from './answer.ts';
import type { RuntimeState } from './runtime-state.ts';

/** Lets somebody attach to what a container writes. Source: containerd v2 internal/cri/server/container_attach.go. */
export function attach(state: RuntimeState, call: CallMessage, context: Context): void {
  const current = state.containers.get(String(call.parameters['container']))?.state;
  if (current === 'running') return answer(state, { ...call, result: {} }, context);
  const error = `rpc error: code = Unknown desc = container is in CONTAINER_${(current ?? 'unknown').toUpperCase()} state`;
  answer(state, { ...call, ok: false, result: { error } }, context);
}

/** Runs a command in a container and waits for it. */
export function execSync(state: RuntimeState, call: CallMessage, context: Context): void {
  const container = state.containers.get(String(call.parameters['container']));
  if (container?.state !== 'running') {
    const error = `rpc error: code = NotFound desc = failed to exec in container: failed to load task: no running task found`;
    return answer(state, { ...call, ok: false, result: { error } }, context);
  }
  const command = call.parameters['command'] as readonly string[];
  const told = execAnswer(container.behaviour, command, context.nowMs - container.startedAtMs);
  const result = { exitCode: told.exitCode ?? 0, output: told.output ?? '' };
  const { id, method } = call;
  context.timer(told.takesMs ?? 0, 'answer', { id, method, result });
}
