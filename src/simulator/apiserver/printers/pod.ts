import { isBeingDeleted } from '../../../apimachinery/object.ts';
import { conditionsOf, hasCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, nameAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { ageOf, containerCells, labelsAt, momentMs, since } from './cells.ts';
import type { PrintOptions, TablePrinter } from './printer.ts';

/** Source: pkg/printers/internalversion/printers.go `printPod`, 1.36. */
export const podPrinter: TablePrinter = {
  group: '',
  kind: 'Pod',
  columns: ['Name', 'Ready', 'Status', 'Restarts', 'Age', '+IP', '+Node', '+Nominated Node', '+Readiness Gates'],
  cells(pod, options) {
    const { ready, total, reason, restarts } = podSummary(pod, options);
    const ip = nameAt(arrayAt(pod, 'status', 'podIPs')[0], 'ip') ?? '<none>';
    const node = nameAt(pod, 'spec', 'nodeName') ?? '<none>';
    const nominated = nameAt(pod, 'status', 'nominatedNodeName') ?? '<none>';
    return [
      stringAt(pod, 'metadata', 'name') ?? '',
      `${ready}/${total}`,
      reason,
      restarts,
      ageOf(pod, options),
      ip,
      node,
      nominated,
      readinessGates(pod),
    ];
  },
};

export const podTemplatePrinter: TablePrinter = {
  group: '',
  kind: 'PodTemplate',
  columns: ['Name', 'Containers', 'Images', 'Pod Labels'],
  cells: (object) => [
    stringAt(object, 'metadata', 'name') ?? '',
    ...containerCells(objectAt(object, 'template', 'spec')),
    labelsAt(object, 'template', 'metadata', 'labels'),
  ],
};

function readinessGates(pod: KubernetesObject): string {
  const gates = arrayAt(pod, 'spec', 'readinessGates');
  if (gates.length === 0) return '<none>';
  const conditions = arrayAt(pod, 'status', 'conditions');
  const isTrue = (gate: JsonValue): boolean =>
    stringAt(
      conditions.find((condition) => stringAt(condition, 'type') === stringAt(gate, 'conditionType')),
      'status',
    ) === 'True';
  return `${gates.filter(isTrue).length}/${gates.length}`;
}

/** Restarts and when the last was. */
class Restarts {
  count = 0;
  lastMs: number | undefined;
  private last: JsonValue | undefined;

  add(status: JsonValue): void {
    this.count += numberAt(status, 'restartCount') ?? 0;
    const finished = valueAt(status, 'lastState', 'terminated', 'finishedAt');
    const ms = momentMs(finished);
    if (ms === undefined || (this.lastMs !== undefined && ms <= this.lastMs)) return;
    this.lastMs = ms;
    this.last = finished;
  }

  text(options: PrintOptions): string {
    if (this.count === 0 || this.lastMs === undefined) return String(this.count);
    return `${this.count} (${since(this.last, options)} ago)`;
  }
}

interface PodSummary {
  readonly ready: number;
  readonly total: number;
  /** The STATUS column: `Running`, `CrashLoopBackOff`, `Init:0/1`, `Terminating`. */
  readonly reason: string;
  readonly restarts: string;
}

function podSummary(pod: KubernetesObject, options: PrintOptions): PodSummary {
  const phase = stringAt(pod, 'status', 'phase') ?? '';
  const conditions = conditionsOf(pod);
  const isGated = conditions.some(
    (condition) =>
      stringAt(condition, 'type') === 'PodScheduled' && stringAt(condition, 'reason') === 'SchedulingGated',
  );
  const first = isGated ? 'SchedulingGated' : (nameAt(pod, 'status', 'reason') ?? phase);
  const init = initState(pod);
  const initialized = hasCondition(conditions, 'Initialized', 'True');
  const main =
    init.reason === undefined || initialized ? mainState(pod, init, init.reason ?? first, conditions) : undefined;
  const reason = main?.reason ?? init.reason ?? first;
  const isGone = isBeingDeleted(pod);
  const isTerminal = phase === 'Failed' || phase === 'Succeeded';
  return {
    ready: init.ready + (main?.ready ?? 0),
    total: arrayAt(pod, 'spec', 'containers').length + init.sidecars,
    reason:
      isGone && stringAt(pod, 'status', 'reason') === 'NodeLost'
        ? 'Unknown'
        : isGone && !isTerminal
          ? 'Terminating'
          : reason,
    restarts: (main?.restarts ?? init.restarts).text(options),
  };
}

interface InitState {
  readonly sidecars: number;
  readonly ready: number;
  /** Undefined where all init containers are done. */
  readonly reason: string | undefined;
  readonly restarts: Restarts;
  readonly sidecarRestarts: Restarts;
}

function initState(pod: KubernetesObject): InitState {
  const containers = arrayAt(pod, 'spec', 'initContainers');
  const sidecars = new Set(
    containers
      .filter((container) => stringAt(container, 'restartPolicy') === 'Always')
      .map((container) => stringAt(container, 'name') ?? ''),
  );
  const restarts = new Restarts();
  const sidecarRestarts = new Restarts();
  let ready = 0;
  let reason: string | undefined;
  for (const [index, status] of arrayAt(pod, 'status', 'initContainerStatuses').entries()) {
    restarts.add(status);
    const isSidecar = sidecars.has(stringAt(status, 'name') ?? '');
    if (isSidecar) sidecarRestarts.add(status);
    const terminated = objectAt(status, 'state', 'terminated');
    if (terminated !== undefined && (numberAt(terminated, 'exitCode') ?? 0) === 0) continue;
    if (isSidecar && booleanAt(status, 'started') === true) {
      if (booleanAt(status, 'ready') === true) ready++;
      continue;
    }
    const waiting = nameAt(status, 'state', 'waiting', 'reason');
    if (terminated !== undefined) reason = `Init:${terminatedReason(terminated)}`;
    else if (waiting !== undefined && waiting !== 'PodInitializing') reason = `Init:${waiting}`;
    else reason = `Init:${index}/${containers.length}`;
    break;
  }
  return { sidecars: sidecars.size, ready, reason, restarts, sidecarRestarts };
}

function mainState(
  pod: KubernetesObject,
  { sidecarRestarts }: InitState,
  first: string,
  conditions: ReturnType<typeof conditionsOf>,
) {
  const restarts = sidecarRestarts;
  let ready = 0;
  let reason = first;
  let hasRunning = false;
  let errorReason: string | undefined;
  for (const status of arrayAt(pod, 'status', 'containerStatuses').toReversed()) {
    restarts.add(status);
    const waiting = nameAt(status, 'state', 'waiting', 'reason');
    const terminated = objectAt(status, 'state', 'terminated');
    if (waiting !== undefined) reason = waiting;
    else if (terminated !== undefined) {
      reason = terminatedReason(terminated);
      if ((numberAt(terminated, 'exitCode') ?? 0) !== 0) errorReason = reason;
    } else if (booleanAt(status, 'ready') === true && objectAt(status, 'state', 'running') !== undefined) {
      hasRunning = true;
      ready++;
    }
  }
  if (reason === 'Completed') {
    if (hasRunning && hasCondition(conditions, 'Ready', 'True')) reason = 'Running';
    else reason = errorReason ?? (hasRunning ? 'NotReady' : reason);
  }
  return { ready, reason, restarts };
}

function terminatedReason(terminated: JsonValue): string {
  const signal = numberAt(terminated, 'signal') ?? 0;
  const ended = signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode') ?? 0}` : `Signal:${signal}`;
  return nameAt(terminated, 'reason') ?? ended;
}
