import type { Correction } from '../../../lessons/glossary/card.ts';
import { useText } from '../../i18n.ts';
import { useOtherLanguage, useSay } from '../use-say.ts';

/** What the notes say beside what is so today, since when, and where that can be read. */
export function CorrectionWords({ correction, both }: { readonly correction: Correction; readonly both?: boolean }) {
  const t = useText();
  const say = useSay();
  const other = useOtherLanguage();
  const { id, class: own, title, notes, today, since, source } = correction;
  return (
    <div className="correction">
      <div className="correction-head">
        <h3>
          {id} {say(title)}
        </h3>
        <span className={`correction-class correction-${own}`}>{t(`glossary:class.${own}`)}</span>
      </div>
      <div className="correction-sides">
        <div className="correction-notes">
          <h4>{t('glossary:notesSay')}</h4>
          <p>{say(notes)}</p>
          {both && (
            <p className="correction-other" lang={other}>
              {say(notes, true)}
            </p>
          )}
        </div>
        <div className="correction-today">
          <h4>{t('glossary:todayIs')}</h4>
          <p>{say(today)}</p>
          {both && (
            <p className="correction-other" lang={other}>
              {say(today, true)}
            </p>
          )}
        </div>
      </div>
      <p className="correction-source">
        {since !== undefined && <span>{t('glossary:since', { since })}</span>}
        <span>{t('glossary:source', { source })}</span>
      </p>
    </div>
  );
}
