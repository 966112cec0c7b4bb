import type { JsonObject, JsonValue } from '../../base/json.ts';
import { booleanAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { containersOf, nameOfContainer } from './pod-runtime.ts';
import { shouldRestart } from '../../kinds/shared/pod-spec/should-restart.ts';
import { isSidecar } from './restart.ts';

/** Why a container has ended that goes because all containers of its Pod are restarted. */
export const RESTARTING_ALL = 'RestartingAllContainers';

/**
 * The phase of a Pod whose containers stand so. `isTerminal`: nothing will be started any more.
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
  const inits = containersOf(pod, 'init');
  let pendingInits = 0;
  for (const container of inits) {
    if (isSidecar(container)) continue;
    const ended = endOf(find(container));
    if (ended === undefined) pendingInits++;
    else if (ended.exitCode !== 0 && !isRestarted(container, pod, ended)) return 'Failed';
  }
  let pendingSidecars = 0;
  const count = { unknown: 0, running: 0, waiting: 0, stopped: 0, final: 0, succeeded: 0 };
  for (const container of inits) {
    if (!isSidecar(container)) continue;
    const status = find(container);
    const state = objectAt(status, 'state') ?? {};
    if (status === undefined) count.unknown++;
    else if (state['running'] !== undefined) {
      if (booleanAt(status, 'started') !== true) pendingSidecars++;
      count.running++;
    } else if (endOf(status) === undefined) {
      pendingSidecars++;
      if (state['waiting'] === undefined) count.unknown++;
      else count.waiting++;
    }
  }
  for (const container of containersOf(pod, 'regular')) {
    const status = find(container);
    const state = objectAt(status, 'state') ?? {};
    const ended = endOf(status);
    if (state['running'] !== undefined) count.running++;
    else if (ended !== undefined) {
      count.stopped++;
      if (!isRestarted(container, pod, ended)) count.final++;
      if (state['terminated'] !== undefined && ended.exitCode === 0) count.succeeded++;
    } else if (state['waiting'] !== undefined) count.waiting++;
    else count.unknown++;
  }
  if (pendingInits > 0 || (pendingSidecars > 0 && !wasInitialized) || count.waiting > 0) return 'Pending';
  if (count.running > 0 && count.unknown === 0) return 'Running';
  if (count.running > 0 || count.stopped === 0 || count.unknown > 0) return 'Pending';
  if (!isTerminal && count.stopped !== count.final) return 'Running';
  return count.stopped === count.succeeded ? 'Succeeded' : 'Failed';
}

interface Ended {
  readonly exitCode: number;
  readonly reason: string;
}

/** How a container ended: as it stands there, or before that for which it waits; undefined where it has not. */
function endOf(status: JsonValue | undefined): Ended | undefined {
  const state: JsonObject = objectAt(status, 'state') ?? {};
  if (state['running'] !== undefined) return undefined;
  const last = state['waiting'] === undefined ? undefined : objectAt(status, 'lastState', 'terminated');
  const terminated = objectAt(state, 'terminated') ?? last;
  if (terminated === undefined) return undefined;
  return { exitCode: numberAt(terminated, 'exitCode') ?? 0, reason: stringAt(terminated, 'reason') ?? '' };
}

function isRestarted(container: JsonValue, pod: unknown, { exitCode, reason }: Ended): boolean {
  return shouldRestart(container, pod, exitCode) || reason === RESTARTING_ALL;
}
