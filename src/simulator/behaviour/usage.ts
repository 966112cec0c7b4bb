import type { Usage } from './behaviour.ts';

/** When a use first exceeds a limit, in milliseconds since the start of the container; undefined for never. */
export function exceedsAtMs({ steps }: Usage, limit: number): number | undefined {
  return steps.find(({ value }) => value > limit)?.fromMs;
}

/** What a container uses of which its behaviour says nothing. Assumed for the simulation. */
export const IDLE_CPU: Usage = { steps: [{ fromMs: 0, value: 1 }] };
export const IDLE_MEMORY: Usage = { steps: [{ fromMs: 0, value: 16 * 1024 * 1024 }] };

/** How much is used at a moment, in milliseconds since the start of the container. */
export function usedAt({ steps }: Usage, atMs: number): number {
  return steps.findLast(({ fromMs }) => fromMs <= atMs)?.value ?? 0;
}

/** How much was used from the start up to a moment: the use times its time in milliseconds. */
export function usedUntil({ steps }: Usage, untilMs: number): number {
  return steps.reduce((sum, { fromMs, value }, index) => {
    const endMs = Math.min(untilMs, steps[index + 1]?.fromMs ?? Infinity);
    return sum + Math.max(0, endMs - fromMs) * value;
  }, 0);
}
