import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { i18n, loadLanguage, useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { settings } from '../settings.ts';
import { captionText } from './caption-text.ts';

/** One sentence for the step, in the language of the page, and in the other one beneath where that is asked. */
export function CaptionBar({ step, number }: { readonly step: LogEntry | undefined; readonly number: number }) {
  const t = useText();
  const { language, captions } = useStore(settings);
  const [areBothThere, setBothThere] = useState(false);
  useEffect(() => {
    if (captions === 'both') void loadLanguage('zh-CN').then(() => setBothThere(true));
  }, [captions]);
  if (captions === 'none') return null;
  if (step === undefined) return <div className="sim-caption quiet">{t('simulation:press')}</div>;
  const otherLanguage = language === 'en' ? 'zh-CN' : 'en';
  const otherWords = captionText(i18n.getFixedT(otherLanguage) as Text, step);
  return (
    <div className="sim-caption" aria-live="polite">
      <p>
        <span className="sim-number">{number}</span>
        {captionText(t, step)}
      </p>
      {captions === 'both' && areBothThere && (
        <p className="sim-other" lang={otherLanguage}>
          {otherWords}
        </p>
      )}
    </div>
  );
}
