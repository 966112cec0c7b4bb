import type { TrafficCount, TrafficSecond } from '../../../workspace/simulation/traffic/traffic-rows.ts';

/** A stretch of the series with where it lies in the run. */
export interface Stretch extends TrafficSecond {
  readonly fromMs: number;
  readonly toMs: number;
  /** It is over at the moment that is shown; what comes later is only hinted at. */
  readonly isPast: boolean;
}

type Series = Pick<TrafficCount, 'series' | 'spanMs'>;

/**
 * What is known at the moment that is shown, and after it what the rest of the run brings: a stretch that is not over then
 * is taken from the rest, where there is any.
 */
export function stretchesOf(shown: Series, whole: Series | undefined, nowMs: number): readonly Stretch[] {
  const known = placed(shown, nowMs);
  const later = whole === undefined ? [] : placed(whole, nowMs).filter(({ isPast }) => !isPast);
  const firstMs = later[0]?.fromMs ?? Infinity;
  return [
    ...known.filter(({ fromMs, isPast }) => isPast && fromMs < firstMs),
    ...(later.length > 0 ? later : known.filter(({ isPast }) => !isPast)),
  ];
}

function placed({ series, spanMs }: Series, nowMs: number): readonly Stretch[] {
  return series.map((one) => {
    const fromMs = one.second * 1000;
    return { ...one, fromMs, toMs: fromMs + spanMs, isPast: fromMs + spanMs <= nowMs };
  });
}

/** Results that are failures: no answer, or one of 400 and more. */
export function isFailure(result: string): boolean {
  return !(Number(result) < 400);
}

/** The ways in which requests failed, the most frequent first. */
export function reasonsOf(
  stretches: readonly Pick<TrafficSecond, 'results'>[],
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { results } of stretches)
    for (const [result, count] of Object.entries(results))
      if (isFailure(result)) counts.set(result, (counts.get(result) ?? 0) + count);
  return [...counts].toSorted(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
}

/** Stretches of the run in which requests failed, those that follow one another as one. */
export function failingTimes(stretches: readonly Stretch[]): readonly (readonly [fromMs: number, toMs: number])[] {
  const times: [number, number][] = [];
  for (const { failed, fromMs, toMs } of stretches) {
    if (failed === 0) continue;
    const last = times.at(-1);
    if (last !== undefined && last[1] >= fromMs) last[1] = toMs;
    else times.push([fromMs, toMs]);
  }
  return times;
}

/** A second of the run as a clock shows it: `0:41`, `1:02:03`. */
export function clockOfMs(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${hours > 0 ? String(minutes).padStart(2, '0') : minutes}:${String(rest).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** Seq of the newest step that is not after a moment; 1 where all are. */
export function seqAt(entries: readonly { readonly timeMs: number }[], timeMs: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.timeMs <= timeMs) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}
