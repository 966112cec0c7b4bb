import type { JsonValue } from '../../base/json.ts';
import { nameAt } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { behaviourOf } from '../behaviour/behaviour-of.ts';
import type { Context } from '../component.ts';
import { allocatedPod } from './allocated-pod.ts';
import type { WaitingReason } from './container-status.ts';
import type { PodRecord } from './pod-record.ts';
import type { ContainerKind } from './pod-runtime.ts';
import { specOf } from './pod-runtime.ts';
import type { KubeletState } from './state.ts';
import type { Retry } from './worker-queue.ts';
import { stepFailed } from './worker-queue.ts';

/** A container that is being started. */
export interface Starting {
  readonly name: string;
  readonly spec: JsonValue;
  readonly kind: ContainerKind;
  readonly image: string;
  readonly behaviour: Behaviour;
}

export function startingOf(state: KubeletState, record: PodRecord, name: string): Starting | undefined {
  const pod = allocatedPod(record);
  const found = specOf(pod, name);
  if (found === undefined) return undefined;
  const { spec, kind } = found;
  const behaviour = Object.freeze(behaviourOf(state.settings.behaviours, pod, spec, kind === 'init'));
  return { name, spec, kind, image: nameAt(spec, 'image') ?? '', behaviour };
}

/** The container could not be started: said in its status until it is. */
export function startFailed(
  state: KubeletState,
  record: PodRecord,
  name: string,
  why: WaitingReason,
  retry: Retry,
  context: Context,
): void {
  record.reasons.set(name, Object.freeze(why));
  stepFailed(state, record, retry, context);
}
