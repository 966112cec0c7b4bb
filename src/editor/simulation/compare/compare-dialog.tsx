import { useState } from 'react';
import { Choice } from '../../../kit/choice.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import type { Comparison } from '../../../workspace/simulation/compare/compare.ts';
import { useText } from '../../i18n.ts';
import { useSimulationState } from '../simulation-context.ts';
import { clock } from '../steps.ts';
import { useAnswer } from '../use-answer.ts';
import { branchName } from './branch-name.ts';
import './compare.css';
import { FirstSteps } from './first-steps.tsx';

/** Two branches beside each other: where they part, their figures at one moment, and the objects that differ. */
export function CompareDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const branches = useSimulationState((state) => state.branches);
  const left = useSimulationState((state) => state.branch);
  const others = branches.flatMap((state, at) => (state.isDeleted || at === left ? [] : [{ state, at }]));
  const [chosen, setChosen] = useState(branches[left]?.parent ?? others[0]?.at ?? 0);
  const right = others.some(({ at }) => at === chosen) ? chosen : (others[0]?.at ?? 0);
  const comparison = useAnswer('comparison', { other: right });
  const [a, b] = [branches[left], branches[right]];
  if (a === undefined || b === undefined) return null;
  const names = { left: branchName(t, a, left), right: branchName(t, b, right) };
  return (
    <Dialog title={t('rehearsal:compareTitle')} closeLabel={t('rehearsal:close')} onClose={onClose} huge>
      <div className="compare">
        <div className="compare-heads">
          <p>
            <b>{names.left}</b> {t('rehearsal:shownNow')}
          </p>
          <Choice
            label={t('rehearsal:against')}
            value={String(right)}
            options={others.map(({ state, at }) => ({ id: String(at), label: branchName(t, state, at) }))}
            onChange={(id) => setChosen(Number(id))}
          />
        </div>
        {comparison === undefined ? (
          <p className="quiet">{t('rehearsal:asking')}</p>
        ) : (
          <>
            <p className="quiet">{t('rehearsal:comparedAt', { time: clock(comparison.atMs) })}</p>
            <Figures comparison={comparison} names={names} />
            {comparison.firstDifference === undefined ? (
              <p>{t('rehearsal:noDifference')}</p>
            ) : (
              <FirstSteps
                first={comparison.firstDifference}
                sides={[
                  { name: names.left, branch: left, state: a },
                  { name: names.right, branch: right, state: b },
                ]}
                onClose={onClose}
              />
            )}
            <Objects comparison={comparison} names={names} />
          </>
        )}
      </div>
    </Dialog>
  );
}

interface PartProps {
  readonly comparison: Comparison;
  readonly names: { readonly left: string; readonly right: string };
}

function Figures({ comparison, names }: PartProps) {
  const t = useText();
  return (
    <table className="why-table compare-figures">
      <caption>{t('rehearsal:figures')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('rehearsal:figure')}</th>
          <th scope="col">{names.left}</th>
          <th scope="col">{names.right}</th>
        </tr>
      </thead>
      <tbody>
        {comparison.figures.map(({ id, left, right }) => (
          <tr key={id} className={left === right ? '' : 'compare-differs'}>
            <th scope="row">{t(`rehearsal:figure.${id}`)}</th>
            <td>{left}</td>
            <td>
              {right}
              {left !== right && <span className="compare-mark">≠</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Objects({ comparison, names }: PartProps) {
  const t = useText();
  const { objects, more } = comparison;
  if (objects.length === 0) return <p>{t('rehearsal:sameObjects')}</p>;
  return (
    <table className="why-table">
      <caption>{t('rehearsal:differingObjects', { count: objects.length + more })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('simulation:object')}</th>
          <th scope="col">{names.left}</th>
          <th scope="col">{names.right}</th>
        </tr>
      </thead>
      <tbody>
        {objects.map(({ object, is, left, right }) => (
          <tr key={object}>
            <th scope="row" className="mono">
              {object}
            </th>
            <td>{is === 'onlyRight' ? <i className="quiet">{t('rehearsal:absent')}</i> : left || '✓'}</td>
            <td>{is === 'onlyLeft' ? <i className="quiet">{t('rehearsal:absent')}</i> : right || '✓'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
