import type { Rollout } from '../../../workspace/simulation/why/rollout.ts';
import { useText } from '../../i18n.ts';
import { clock } from '../steps.ts';

/** The sums of a roll-out: how many there may be, how many there must be, and why it waits. */
export function RolloutView({ rollout }: { readonly rollout: Rollout }) {
  const t = useText();
  const { desired, maxSurge, maxUnavailable, mostTotal, leastAvailable, total, available, newSet, oldSets } = rollout;
  const { mayCreate, mayDelete, state, deadlineAtMs, deadlineSeconds, strategy } = rollout;
  const sets = newSet === undefined ? oldSets : [newSet, ...oldSets];
  return (
    <section className="why-rollout" aria-label={t('rehearsal:rollout')}>
      <h3>{t('rehearsal:rollout')}</h3>
      {strategy === 'RollingUpdate' ? (
        <dl className="why-sums">
          <dt>maxSurge</dt>
          <dd>{t('rehearsal:surge', { given: maxSurge.given, count: desired, resolved: maxSurge.resolved })}</dd>
          <dt>maxUnavailable</dt>
          <dd>
            {t('rehearsal:unavailable', {
              given: maxUnavailable.given,
              count: desired,
              resolved: maxUnavailable.resolved,
            })}
          </dd>
          <dt>{t('rehearsal:total')}</dt>
          <dd>
            <Bar value={total} of={mostTotal} /> {t('rehearsal:atMost', { value: total, limit: mostTotal })}
          </dd>
          <dt>{t('rehearsal:available')}</dt>
          <dd>
            <Bar value={available} of={mostTotal} mark={leastAvailable} />{' '}
            {t('rehearsal:atLeast', { value: available, limit: leastAvailable })}
          </dd>
        </dl>
      ) : (
        <p>{t('rehearsal:recreate')}</p>
      )}
      <p className={`why-rollout-state why-rollout-${state}`}>
        {t(`rehearsal:rollout.${state}`)}{' '}
        {state === 'moves' && t('rehearsal:mayNow', { create: mayCreate, remove: mayDelete })}
        {deadlineAtMs !== undefined &&
          state !== 'late' &&
          ` ${t('rehearsal:deadlineAt', { seconds: deadlineSeconds ?? 0, time: clock(deadlineAtMs) })}`}
      </p>
      <table className="why-table">
        <thead>
          <tr>
            <th scope="col">ReplicaSet</th>
            <th scope="col">{t('rehearsal:revision')}</th>
            <th scope="col">{t('rehearsal:imageColumn')}</th>
            <th scope="col">{t('simulation:wanted')}</th>
            <th scope="col">{t('simulation:there')}</th>
            <th scope="col">{t('simulation:ready')}</th>
            <th scope="col">{t('rehearsal:available')}</th>
          </tr>
        </thead>
        <tbody>
          {sets.map((set) => (
            <tr key={set.name}>
              <th scope="row">
                {set.name}
                {set === newSet && <span className="why-new">{t('rehearsal:new')}</span>}
              </th>
              <td>{set.revision ?? '?'}</td>
              <td className="mono">{set.images}</td>
              <td>{set.wanted}</td>
              <td>{set.there}</td>
              <td>{set.ready}</td>
              <td>{set.available}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** So many of so many; the mark is where it must not fall below. */
function Bar({ value, of, mark }: { readonly value: number; readonly of: number; readonly mark?: number }) {
  const share = (amount: number): string => `${Math.min(100, (amount / Math.max(1, of)) * 100)}%`;
  return (
    <span className="why-bar" aria-hidden>
      <span style={{ width: share(value) }} />
      {mark !== undefined && <i style={{ left: share(mark) }} />}
    </span>
  );
}
