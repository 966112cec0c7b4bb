import type { Behaviour } from '../../behaviour/behaviour.ts';
import { isLike } from '../../behaviour/behaviour-of.ts';
import type { Context } from '../../component.ts';
import type { CallMessage } from '../../messages.ts';
import { qualifiedImage } from '../image-name.ts';
import { answer } from './answer.ts';
import type { RegistryTrouble, RuntimeState } from './runtime-state.ts';

/** How much longer a slow registry takes. Assumed for the simulation. */
const SLOWER = 20;

/** Takes as long as the image is large; one that is there already only as long as the registry is asked. */
export function pullImage(state: RuntimeState, call: CallMessage, context: Context): void {
  const image = String(call.parameters['image']);
  const { pullMs, bytesPerMs, imageBytes } = context.numbers.kubelet.runtime;
  const { image: told = {} } = call.parameters['behaviour'] as Behaviour;
  const bytes = state.images.has(image) ? 0 : (told.sizeBytes ?? imageBytes);
  const factor = troubleWith(state, image)?.mode === 'slow' ? SLOWER : 1;
  context.timer((pullMs + Math.round(bytes / bytesPerMs)) * factor, 'pulled', call);
}

export function pulled(state: RuntimeState, call: CallMessage, context: Context): void {
  const image = String(call.parameters['image']);
  const { image: told = {} } = call.parameters['behaviour'] as Behaviour;
  const why = failureOf(state, image, told);
  if (why !== undefined) return answer(state, { ...call, ok: false, result: { error: why } }, context);
  const sizeBytes = told.sizeBytes ?? context.numbers.kubelet.runtime.imageBytes;
  state.images.set(image, sizeBytes);
  answer(state, { ...call, result: { sizeBytes } }, context);
}

function failureOf(state: RuntimeState, image: string, told: NonNullable<Behaviour['image']>): string | undefined {
  const mode = troubleWith(state, image)?.mode;
  const name = qualifiedImage(image);
  const host = name.slice(0, name.indexOf('/'));
  const unpack = `failed to pull and unpack image "${name}": failed to resolve reference "${name}": `;
  if (mode === 'unknown') return `rpc error: code = NotFound desc = ${unpack}${name}: not found`;
  if (mode === 'down')
    return `rpc error: code = Unavailable desc = ${unpack}failed to do request: Head "https://${host}/v2/": dial tcp: lookup ${host}: i/o timeout`;
  const failed = state.failedPulls.get(image) ?? 0;
  if (told.pullFailure === undefined || failed >= (told.pullFailures ?? Infinity)) return undefined;
  state.failedPulls.set(image, failed + 1);
  return told.pullFailure;
}

function troubleWith({ registry }: RuntimeState, image: string): RegistryTrouble | undefined {
  for (const [pattern, trouble] of registry)
    if (isLike(image, pattern) || isLike(qualifiedImage(image), pattern)) return trouble;
  return undefined;
}
