import type { TrafficOrder } from '../../../workspace/simulation/traffic/traffic-rows.ts';
import type { Text } from '../../i18n.ts';
import { clock } from '../steps.ts';
import type { TrafficRow } from '../../../workspace/simulation/traffic/traffic-rows.ts';
import { clockOfMs, failingTimes, reasonsOf } from './traffic-series.ts';
import type { Stretch } from './traffic-series.ts';

/** Most stretches of failures that a sentence names. */
const MOST_TIMES = 6;
/** What requests end with, beside codes. */
const REASONS = ['refused', 'timeout', 'unknown host', 'unreachable', 'outside the cluster', 'no sender'] as const;

export function senderText(t: Text, from: string): string {
  return from === 'outside' ? t('traffic:outside') : from.replace('Node//', 'Node/');
}

/** Whom an order asks: the object that was meant, or the name or address. */
export function targetText({ to, target = to, port }: TrafficOrder): string {
  return `${target}:${port}`;
}

/** `outside the cluster → Service/shop/web:80 /cart`. */
export function wayText(t: Text, order: TrafficOrder): string {
  return `${senderText(t, order.from)} → ${targetText(order)} ${order.host ?? ''}${order.path}`;
}

export function reasonText(t: Text, result: string): string {
  const known = REASONS.find((reason) => reason === result);
  return known === undefined ? t('traffic:reason.code', { code: result }) : t(`traffic:reason.${known}`);
}

/** `refused 12, no answer in time 3`. */
export function reasonsText(t: Text, results: Stretch['results']): string {
  return reasonsOf([{ results }])
    .map(([result, count]) => `${reasonText(t, result)} ${count}`)
    .join(', ');
}

/** How the requests of a row had fared at a moment, in sentences; `stretches` are those that are over. */
export function summaryText(
  t: Text,
  { order, count }: TrafficRow,
  stretches: readonly Stretch[],
  nowMs: number,
): string {
  const { sent, ok, slow, waiting, results } = count;
  const failed = sent - ok - waiting;
  const times = failingTimes(stretches).map(([fromMs, toMs]) =>
    toMs - fromMs <= 1000 ? clockOfMs(fromMs) : `${clockOfMs(fromMs)}–${clockOfMs(toMs - 1000)}`,
  );
  const named = `${times.slice(0, MOST_TIMES).join(', ')}${times.length > MOST_TIMES ? ', …' : ''}`;
  return [
    t('traffic:summary', { way: wayText(t, order), at: clock(nowMs), count: sent, ok }),
    failed === 0
      ? t('traffic:noneFailed')
      : t('traffic:failedOf', { count: failed, reasons: reasonsText(t, results), times: named }),
    ...(slow > 0 ? [t('traffic:slowOf', { count: slow })] : []),
    ...(waiting > 0 ? [t('traffic:waitingOf', { count: waiting })] : []),
  ].join(' ');
}
