import { CircleCheck, CircleX } from 'lucide-react';
import './exam.css';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { MOST_POINTS } from '../../../workspace/exam/exam-report.ts';
import type { ExamPlace } from '../../../workspace/exam/exam-plan.ts';
import { useText } from '../../i18n.ts';
import { closeDialog } from '../../page-state.ts';
import { useSimulation } from '../../simulation/simulation-context.ts';
import { sourceLines } from '../../source-lines.ts';
import { changeExam, useExam } from './exam-state.ts';
import type { ExamState } from './exam-state.ts';
import { faultWords } from './fault-words.ts';

/** How a design came through: each fault, what its users saw, and the line that answers for it. */
export default function ExamDialog() {
  const t = useText();
  const open = useExam();
  const simulation = useSimulation();
  if (open?.report === undefined) return null;
  const { report, plan, seed, stops } = open;
  const { score } = report;
  return (
    <Dialog title={t('exam:title')} closeLabel={t('shell:close')} onClose={closeDialog} wide>
      <p className="exam-score">
        <b>{t('exam:points', { points: score.total })}</b>{' '}
        <span className="quiet">{t('exam:seed', { seed, workload: plan.workload })}</span>
      </p>
      <p>
        {t('exam:parts', {
          users: score.users,
          mostUsers: MOST_POINTS.users,
          recovery: score.recovery,
          mostRecovery: MOST_POINTS.recovery,
          rules: score.rules,
          mostRules: MOST_POINTS.rules,
        })}
      </p>
      <h3>{t('exam:faults')}</h3>
      <table className="exam-table">
        <thead>
          <tr>
            <th scope="col">{t('exam:what')}</th>
            <th scope="col">{t('exam:users')}</th>
            <th scope="col">{t('exam:line')}</th>
          </tr>
        </thead>
        <tbody>
          {report.faults.map((fault, at) => (
            <tr key={fault.id}>
              <th scope="row">
                {t(`exam:fault.${fault.id}`, { workload: plan.workload })}
                <Button
                  small
                  look="quiet"
                  onPress={() => {
                    changeExam({ at });
                    closeDialog();
                    simulation.goTo(stops[at] ?? 1);
                  }}
                >
                  {t('exam:show')}
                </Button>
              </th>
              <td>{faultWords(t, fault)}</td>
              <td>
                <Line open={open} place={fault.place} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t('exam:rules')}</h3>
      <ul className="exam-rules">
        {report.rules.map(({ id, passed, place }) => (
          <li key={id}>
            <span className={passed ? 'tone-good' : 'tone-bad'}>
              {passed ? <CircleCheck size={16} aria-hidden /> : <CircleX size={16} aria-hidden />}{' '}
              {t(passed ? 'exam:passed' : 'exam:broken')}
            </span>{' '}
            {t(`exam:rule.${id}`)}
            {!passed && place !== undefined && <Line open={open} place={place} />}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** A line of the design as the exam found it. */
function Line({ open, place }: { readonly open: ExamState; readonly place: ExamPlace }) {
  const record = [...open.design.records.values()].find(({ id }) => id === place.record);
  const lines = record && sourceLines(open.design, record, place.path);
  if (lines === undefined) return null;
  return (
    <span className="exam-line">
      <small>
        {lines.file}:{lines.line}
      </small>
      <code>{lines.text[0]?.trim()}</code>
    </span>
  );
}
