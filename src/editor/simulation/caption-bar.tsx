import { Flag } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { LogEntry, Milestone } from '../../workspace/simulation/simulation.ts';
import { i18n, loadLanguage, useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { settings } from '../settings.ts';
import { captionText } from './caption-text.ts';
import { milestoneText } from './milestone-text.ts';

/** One sentence for the step, in the language of the page, and in the other one beneath where that is asked. */
export function CaptionBar({
  step,
  number,
  milestones,
}: {
  readonly step: LogEntry | undefined;
  readonly number: number;
  /** Those of this step. */
  readonly milestones: readonly Milestone[];
}) {
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
      {milestones.map((milestone) => (
        <p key={milestone.type + milestone.object} className="sim-reached">
          <Flag size={14} aria-hidden /> {milestoneText(t, milestone)}
        </p>
      ))}
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
