import { nameAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import { backoffOf, isInBackoffSinceUpdate, nextBackoff } from './backoff.ts';
import { formatDurationMs } from '../../apimachinery/duration.ts';
import { withDefaultTag } from './image-name.ts';
import type { PodRecord } from './pod-record.ts';
import { createContainer } from './create-container.ts';
import type { Starting } from './starting.ts';
import { startFailed, startingOf } from './starting.ts';
import type { Called, KubeletState } from './state.ts';
import { callRuntime, tell } from './state.ts';
import { imagesChanged } from './node-status.ts';

/**
 * Sees to it that the image of a container is on the Node, by its pull policy.
 * Source: pkg/kubelet/images/image_manager.go `EnsureImageExists`, 1.36.
 */
export function ensureImage(state: KubeletState, record: PodRecord, starting: Starting, context: Context): void {
  const { name, spec, image } = starting;
  const tagged = withDefaultTag(image);
  if ('problem' in tagged) {
    const message = `Failed to apply default image tag ${JSON.stringify(image)}: ${tagged.problem}`;
    tell(state, record, 'Warning', 'InspectFailed', message, context, name);
    return failed(state, record, name, 'InvalidImageName', message, true, context);
  }
  if (nameAt(spec, 'imagePullPolicy') === 'Always') return pull(state, record, starting, context);
  callRuntime(state, { uid: record.uid, container: name }, 'ImageStatus', { image: tagged.image }, context);
}

function failed(
  state: KubeletState,
  record: PodRecord,
  name: string,
  reason: string,
  message: string,
  isSteady: boolean,
  context: Context,
): void {
  tell(state, record, 'Warning', 'Failed', `Error: ${reason}`, context, name);
  startFailed(state, record, name, { reason, message }, { isSteady }, context);
}

/** The runtime has said whether it has the image. */
export function imageLooked(
  state: KubeletState,
  record: PodRecord,
  name: string,
  isPresent: boolean,
  context: Context,
): void {
  const starting = startingOf(state, record, name);
  if (starting === undefined) return;
  const { spec, image } = starting;
  if (isPresent) {
    const message = `Container image "${image}" already present on machine and can be accessed by the pod`;
    tell(state, record, 'Normal', 'Pulled', message, context, name);
    return createContainer(state, record, starting, context);
  }
  if (nameAt(spec, 'imagePullPolicy') !== 'Never') return pull(state, record, starting, context);
  const message = `Container image "${image}" is not present with pull policy of Never`;
  tell(state, record, 'Warning', 'ErrImageNeverPull', message, context, name);
  failed(state, record, name, 'ErrImageNeverPull', message, true, context);
}

function pull(state: KubeletState, record: PodRecord, { name, image, behaviour }: Starting, context: Context): void {
  const { imagePull } = context.numbers.kubelet;
  if (isInBackoffSinceUpdate(record.pullBackoff, image, context.nowMs, imagePull)) {
    const message = `Back-off pulling image "${image}"`;
    tell(state, record, 'Normal', 'BackOff', message, context, name);
    const last = record.pullErrors.get(image);
    const isSteady = backoffOf(record.pullBackoff, image) === imagePull.maxMs;
    const words = last === undefined ? message : `${message}: ${last}`;
    return failed(state, record, name, 'ImagePullBackOff', words, isSteady, context);
  }
  record.pullErrors.delete(image);
  tell(state, record, 'Normal', 'Pulling', `Pulling image "${image}"`, context, name);
  state.pulls.push(Object.freeze({ uid: record.uid, container: name, image, behaviour, sinceMs: context.nowMs }));
  pullNext(state, context);
}

/** Images are pulled one after another. Source: pkg/kubelet/images/puller.go `serialImagePuller`, 1.36. */
function pullNext(state: KubeletState, context: Context): void {
  const [next] = state.pulls;
  if (state.isPulling || next === undefined) return;
  state.isPulling = true;
  const { uid, container, image, behaviour } = next;
  const tagged = withDefaultTag(image);
  const asked = 'image' in tagged ? tagged.image : image;
  callRuntime(state, { uid, container }, 'PullImage', { image: asked, behaviour }, context);
}

/** The pull at the head of the queue is over, well or not. */
export function imagePulled(
  state: KubeletState,
  called: Called,
  ok: boolean,
  result: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const waited = state.pulls.shift();
  state.isPulling = false;
  pullNext(state, context);
  const record = state.records.get(called.uid);
  if (waited === undefined) return;
  const { image, container: name } = waited;
  if (ok) imagesChanged(state, image, Number(result['sizeBytes']), context);
  const starting = record && startingOf(state, record, name);
  if (record === undefined || starting === undefined) return;
  if (!ok) {
    const { imagePull } = context.numbers.kubelet;
    const error = String(result['error']);
    tell(state, record, 'Warning', 'Failed', `Failed to pull image "${image}": ${error}`, context, name);
    const times = { eventMs: context.nowMs, nowMs: context.nowMs };
    nextBackoff(record.pullBackoff, image, times, imagePull);
    const { reason, message } = pullError(image, error);
    record.pullErrors.set(image, `${reason}: ${message}`);
    const isSteady = backoffOf(record.pullBackoff, image) === imagePull.maxMs;
    return failed(state, record, name, reason, message, isSteady, context);
  }
  const took = formatDurationMs(context.nowMs - called.sentAtMs);
  const whole = formatDurationMs(context.nowMs - waited.sinceMs);
  const message = `Successfully pulled image "${image}" in ${took} (${whole} including waiting). Image size: ${String(result['sizeBytes'])} bytes.`;
  tell(state, record, 'Normal', 'Pulled', message, context, name);
  createContainer(state, record, starting, context);
}

const REGISTRY = 'RegistryUnavailable';
const SIGNATURE = 'SignatureValidationFailed';

/**
 * The runtime's error as a reason and a message.
 * Source: pkg/kubelet/images/image_manager.go `evalCRIPullErr`, 1.36.
 */
export function pullError(image: string, error: string): { readonly reason: string; readonly message: string } {
  const rest = (start: string) => error.slice(start.length);
  if (error.startsWith(REGISTRY)) {
    const message = `image pull failed for ${image} because the registry is unavailable${rest(REGISTRY)}`;
    return { reason: REGISTRY, message };
  }
  if (error.startsWith(SIGNATURE)) {
    const message = `image pull failed for ${image} because the signature validation failed${rest(SIGNATURE)}`;
    return { reason: SIGNATURE, message };
  }
  return { reason: 'ErrImagePull', message: error };
}
