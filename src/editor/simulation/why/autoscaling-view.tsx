import type { Autoscaling } from '../../../workspace/simulation/why/autoscaling.ts';
import { translatedServerWords, useText } from '../../i18n.ts';

/** The sums of a HorizontalPodAutoscaler at its last look: each metric, the bounds, and what holds it back. */
export function AutoscalingView({ autoscaling }: { readonly autoscaling: Autoscaling }) {
  const t = useText();
  const { current, desired, min, max, least, most, sums, largest, conditions } = autoscaling;
  return (
    <section className="why-autoscaling" aria-label={t('rehearsal:autoscaling')}>
      <h3>{t('rehearsal:autoscaling')}</h3>
      <table className="why-table">
        <thead>
          <tr>
            <th scope="col">{t('rehearsal:autoscaling.metric')}</th>
            <th scope="col">{t('rehearsal:autoscaling.now')}</th>
            <th scope="col">{t('rehearsal:autoscaling.target')}</th>
            <th scope="col">{t('rehearsal:autoscaling.ratio')}</th>
            <th scope="col">{t('rehearsal:autoscaling.wants')}</th>
          </tr>
        </thead>
        <tbody>
          {sums.map(({ metric, target, measured }, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- metrics have no name of their own
            <tr key={at}>
              <th scope="row" className="mono">
                {metric}
              </th>
              <td>{measured?.now ?? t('rehearsal:autoscaling.unknown')}</td>
              <td>{target}</td>
              <td>{measured && two(measured.ratio)}</td>
              <td className="mono">
                {measured &&
                  (measured.isWithin
                    ? `${measured.wants} (${two(least)} ≤ ${two(measured.ratio)} ≤ ${two(most)})`
                    : `⌈${current ?? 0} × ${two(measured.ratio)}⌉ = ${measured.wants}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {current !== undefined && desired !== undefined && (
        <p>
          {largest !== undefined && t('rehearsal:autoscaling.largest', { largest })}{' '}
          {t('rehearsal:autoscaling.bounds', { min, max, desired, current })}
          {largest !== undefined && clamp(largest, min, max) !== desired && ` ${t('rehearsal:autoscaling.held')}`}
        </p>
      )}
      <ul className="why-conditions">
        {conditions.map(({ type, status, reason, message }) => (
          <li key={type} title={translatedServerWords(message)}>
            <b>{`${type}=${status}`}</b> <span className="mono">{reason}</span> {message}
          </li>
        ))}
      </ul>
    </section>
  );
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

function two(value: number): string {
  return String(Math.round(value * 100) / 100);
}
