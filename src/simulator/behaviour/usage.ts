import type { Usage } from './behaviour.ts';

/** When a use first exceeds a limit, in milliseconds since the start of the container; undefined for never. */
export function exceedsAtMs({ steps }: Usage, limit: number): number | undefined {
  return steps.find(({ value }) => value > limit)?.fromMs;
}
