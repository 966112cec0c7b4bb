import { quantityOf, valueOf } from '../../../apimachinery/quantity.ts';
import { valueAt } from '../../../base/json.ts';
import type { Context } from '../../component.ts';
import { withDefaultTag } from '../image-name.ts';
import { imageRemoved, tellOfNode } from '../node-status.ts';
import type { KubeletState } from '../state.ts';
import { callRuntime } from '../state.ts';
import { DEFAULT_POLICY, collect, detectImages, evictionOrder, freeSpace, tooOld } from './policy.ts';

/** Name of the timer with which the images of the Node are looked at. */
export const IMAGE_GC = 'image-gc';

/** Source: pkg/kubelet/kubelet.go `ImageGCPeriod`, 1.36.2. */
const PERIOD_MS = 300_000;

export function setImageGc(context: Context): void {
  context.timer(PERIOD_MS, IMAGE_GC, undefined, { periodic: true });
}

/**
 * Takes images away that no container uses, where the disk that holds them is too full. All of the Node's ephemeral storage
 * is that disk, and nothing but images lies on it.
 * Source: pkg/kubelet/kubelet.go `StartGarbageCollection`, pkg/kubelet/images/image_gc_manager.go, 1.36.2.
 */
export function collectImages(state: KubeletState, context: Context): void {
  setImageGc(context);
  const order = unusedImages(state, context);
  const capacity = quantityOf(valueAt(state.settings.node, 'status', 'capacity', 'ephemeral-storage'));
  const capacityBytes = capacity === undefined ? 0 : Number(valueOf(capacity));
  if (capacityBytes === 0) return;
  const usedBytes = [...state.images.values()].reduce((sum, sizeBytes) => sum + sizeBytes, 0);
  const disk = { capacityBytes, availableBytes: Math.max(0, capacityBytes - usedBytes) };
  const old = tooOld(order, DEFAULT_POLICY, context.nowMs, state.startedAtMs);
  const young = order.filter(([image]) => !old.includes(image));
  const { removed, problem } = collect(young, disk, DEFAULT_POLICY, context.nowMs);
  for (const image of [...old, ...removed]) remove(state, image, context);
  if (problem !== undefined) {
    tellOfNode(state, 'Warning', 'FreeDiskSpaceFailed', problem, context);
    // Once is no matter: the sizes of the disk may not have been known.
    if (state.hasImageGcFailed) tellOfNode(state, 'Warning', 'ImageGCFailed', problem, context);
  }
  state.hasImageGcFailed = problem !== undefined;
}

/** Images that nobody uses, those first that go first. */
function unusedImages(state: KubeletState, context: Context): ReturnType<typeof evictionOrder> {
  const inUse = imagesInUse(state);
  const onDisk = new Map([...state.images].map(([image, sizeBytes]) => [image, { sizeBytes }]));
  state.imageRecords = detectImages(state.imageRecords, onDisk, inUse, context.nowMs);
  return evictionOrder(state.imageRecords, inUse);
}

/** All images go that may. Source: image_gc_manager.go `DeleteUnusedImages`. */
export function deleteUnusedImages(state: KubeletState, context: Context): void {
  const { removed } = freeSpace(unusedImages(state, context), Infinity, DEFAULT_POLICY, context.nowMs);
  for (const image of removed) remove(state, image, context);
}

function remove(state: KubeletState, image: string, context: Context): void {
  const tagged = withDefaultTag(image);
  callRuntime(state, { uid: '' }, 'RemoveImage', { image: 'image' in tagged ? tagged.image : image }, context);
  imageRemoved(state, image, context);
}

/** Images of containers that are there, whether or not they run. */
function imagesInUse({ records }: KubeletState): ReadonlySet<string> {
  return new Set([...records.values()].flatMap(({ runtime }) => runtime.containers.map(({ image }) => image)));
}
