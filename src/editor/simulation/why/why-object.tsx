import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useText } from '../../i18n.ts';
import { ScoreTable } from '../score-table.tsx';
import { useAnswer } from '../use-answer.ts';
import { AutoscalingView } from './autoscaling-view.tsx';
import { diagnosisText } from './diagnosis-text.ts';
import { ProofLink } from './proof-link.tsx';
import { RolloutView } from './rollout-view.tsx';
import { ServiceView } from './service-view.tsx';

/** Why one object is as it is: the sentence, what is behind it, and the sums that its controller does. */
export function WhyObject({ object }: { readonly object: string }) {
  const t = useText();
  const why = useAnswer('why', { object });
  if (why === undefined) return <p className="quiet">{t('rehearsal:asking')}</p>;
  const { diagnosis, behind, rollout, autoscaling, service, scheduling } = why;
  return (
    <>
      <h2 className="why-title mono">{object}</h2>
      <p className="why-sentence" aria-live="polite">
        {diagnosis === undefined ? (
          <CircleCheck size={15} className="tone-good" aria-hidden />
        ) : (
          <TriangleAlert size={15} className="tone-warn" aria-hidden />
        )}
        <span>
          {diagnosis === undefined ? t('rehearsal:well') : diagnosisText(t, diagnosis)}{' '}
          <ProofLink proof={diagnosis?.proof} />
        </span>
      </p>
      {behind.length > 0 && (
        <ol className="why-behind" aria-label={t('rehearsal:behind')}>
          {behind.map((one) => (
            <li key={one.object}>
              <small className="mono">{one.object}</small> {diagnosisText(t, one)} <ProofLink proof={one.proof} />
            </li>
          ))}
        </ol>
      )}
      {rollout && <RolloutView rollout={rollout} />}
      {autoscaling && <AutoscalingView autoscaling={autoscaling} />}
      {service && <ServiceView object={object} service={service} />}
      {scheduling && (
        <>
          <h3>{t('rehearsal:scheduling')}</h3>
          <ProofLink proof={scheduling.seq} />
          <ScoreTable detail={scheduling.detail} />
        </>
      )}
    </>
  );
}
