import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, booleanAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { nameOfContainer } from './next-container.ts';
import { isSidecar, shouldRestart } from './restart.ts';

/**
 * The phase of a Pod whose containers stand so.
 * Source: pkg/kubelet/kubelet_pods.go `getPhase`, 1.36.
 */
export function phaseOf(
  pod: unknown,
  statuses: readonly JsonValue[],
  isTerminal: boolean,
  wasInitialized: boolean,
): string {
  const find = (container: JsonValue) =>
    statuses.find((status) => stringAt(status, 'name') === nameOfContainer(container));
  let pendingInits = 0;
  let pendingSidecars = 0;
  const count = { unknown: 0, running: 0, waiting: 0, stopped: 0, final: 0, succeeded: 0 };
  for (const container of arrayAt(pod, 'spec', 'initContainers')) {
    const status = find(container);
    const state = objectAt(status, 'state') ?? {};
    if (isSidecar(container)) {
      if (status === undefined) count.unknown++;
      else if (state['running'] !== undefined) {
        if (booleanAt(status, 'started') !== true) pendingSidecars++;
        count.running++;
      } else if (state['waiting'] !== undefined) {
        if (lastEnd(status) !== undefined) continue;
        pendingSidecars++;
        count.waiting++;
      } else if (state['terminated'] === undefined) {
        pendingSidecars++;
        count.unknown++;
      }
      continue;
    }
    const end = endOf(state, status);
    if (end === undefined) pendingInits++;
    else if (end !== 0 && !shouldRestart(container, pod, end)) return 'Failed';
  }
  for (const container of arrayAt(pod, 'spec', 'containers')) {
    const status = find(container);
    const state = objectAt(status, 'state') ?? {};
    const end = endOf(state, status);
    if (state['running'] !== undefined) count.running++;
    else if (end !== undefined) {
      count.stopped++;
      if (!shouldRestart(container, pod, end)) count.final++;
      if (state['terminated'] !== undefined && end === 0) count.succeeded++;
    } else if (state['waiting'] !== undefined) count.waiting++;
    else count.unknown++;
  }
  if (pendingInits > 0 || (pendingSidecars > 0 && !wasInitialized) || count.waiting > 0) return 'Pending';
  if (count.running > 0 && count.unknown === 0) return 'Running';
  if (count.running > 0 || count.stopped === 0 || count.unknown > 0) return 'Pending';
  if (!isTerminal && count.stopped !== count.final) return 'Running';
  return count.stopped === count.succeeded ? 'Succeeded' : 'Failed';
}

/** Code with which a container ended: the one that stands there, or the one before that which waits. */
function endOf(state: JsonObject, status: JsonValue | undefined): number | undefined {
  if (state['running'] !== undefined) return undefined;
  const terminated = objectAt(state, 'terminated');
  if (terminated !== undefined) return numberAt(terminated, 'exitCode') ?? 0;
  return state['waiting'] === undefined ? undefined : lastEnd(status);
}

function lastEnd(status: JsonValue | undefined): number | undefined {
  const last = objectAt(status, 'lastState', 'terminated');
  return last === undefined ? undefined : (numberAt(last, 'exitCode') ?? 0);
}
