import { useStore } from 'zustand';
import { useText } from '../../i18n.ts';
import { useAnswer } from '../use-answer.ts';
import './why.css';
import { ProofLink } from './proof-link.tsx';
import { WhyObject } from './why-object.tsx';
import { askWhy, whyTarget } from './why-target.ts';
import { diagnosisText } from './diagnosis-text.ts';

/** What is not as it was meant to be, each in a sentence; and everything about the one that is chosen. */
export function WhyPane() {
  const t = useText();
  const object = useStore(whyTarget, (state) => state.object);
  const found = useAnswer('troubles', {});
  if (found === undefined) return <p className="dock-empty">{t('rehearsal:asking')}</p>;
  const { troubles, more, objects } = found;
  return (
    <div className="why">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <section className="why-list" aria-label={t('rehearsal:troubles')} tabIndex={0}>
        <label className="why-ask">
          <span className="quiet">{t('rehearsal:askAbout')}</span>
          <input
            className="input"
            list="why-objects"
            key={object ?? ''}
            defaultValue={object ?? ''}
            placeholder="Pod/default/web-0"
            onChange={(event) => {
              const named = event.target.value.trim();
              if (named === '') askWhy(undefined);
              else if (objects.includes(named)) askWhy(named);
            }}
          />
          <datalist id="why-objects">
            {objects.map((key) => (
              <option key={key} value={key}>
                {key}
              </option>
            ))}
          </datalist>
        </label>
        {troubles.length === 0 && <p className="why-well">{t('rehearsal:allWell')}</p>}
        <ul>
          {troubles.map((trouble) => (
            <li key={`${trouble.id} ${trouble.object} ${trouble.proof ?? ''}`} className="why-trouble">
              <button
                type="button"
                className={`why-choose${trouble.object === object ? ' why-chosen' : ''}`}
                aria-pressed={trouble.object === object}
                onClick={() => askWhy(objects.includes(trouble.object) ? trouble.object : undefined)}
              >
                <small className="mono">{trouble.object}</small>
                {diagnosisText(t, trouble)}
              </button>
              <ProofLink proof={trouble.proof} />
            </li>
          ))}
        </ul>
        {more > 0 && <p className="quiet">{t('rehearsal:moreTroubles', { count: more })}</p>}
      </section>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <section className="why-detail" aria-label={t('rehearsal:whyObject')} tabIndex={0}>
        {object === undefined ? <p className="quiet">{t('rehearsal:chooseObject')}</p> : <WhyObject object={object} />}
      </section>
    </div>
  );
}
