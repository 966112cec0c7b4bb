import { Download } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../kit/button.tsx';
import { Choice, Toggle } from '../../../kit/choice.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { isModelLesson } from '../../../lessons/lesson.ts';
import { saveBlob } from '../../exporting/download.ts';
import { useText } from '../../i18n.ts';
import { closeDialog } from '../../page-state.ts';
import { settings } from '../../settings.ts';
import type { Language } from '../../settings.ts';
import { useSimulation } from '../../simulation/simulation-context.ts';
import { useLesson } from '../lesson-state.ts';
import { MODES } from '../modes.ts';
import type { Mode } from '../modes.ts';
import { useSay } from '../use-say.ts';
import { lessonPage, scormPackage } from './lesson-package.ts';
import { hasAnswers, makeHandout } from './make-handout.ts';

const SPOKEN = ['en', 'zh-CN', 'both'] as const;

/** The lesson that is open, to be given away: on paper, as a page of its own, for a learning platform. */
export default function HandOutDialog() {
  const t = useText();
  const say = useSay();
  const simulation = useSimulation();
  const open = useLesson((state) => state);
  const language = useStore(settings, (state) => state.language);
  const [spoken, setSpoken] = useState<string>(language);
  const [withAnswers, setWithAnswers] = useState(false);
  const [mode, setMode] = useState<Mode>('lecture');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | undefined>();
  if (open === undefined) return null;
  const { lesson, source } = open;
  const name = lesson.id.toLowerCase();
  const make = (work: () => Promise<void>): void => {
    setBusy(true);
    setFailure(undefined);
    work()
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(false));
  };
  const languages = (): readonly Language[] => {
    if (spoken === 'both') return language === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en'];
    return [spoken === 'en' ? 'en' : 'zh-CN'];
  };
  const title = say(lesson.title);
  return (
    <Dialog title={t('authoring:handOut', { title })} closeLabel={t('shell:close')} onClose={closeDialog} wide>
      <section className="hand-out">
        <h3>{t('authoring:handout')}</h3>
        <p className="quiet">{t(isModelLesson(lesson) ? 'authoring:handoutModelHint' : 'authoring:handoutHint')}</p>
        <div className="lesson-buttons">
          <Choice
            label={t('rehearsal:spoken')}
            labelHidden
            value={spoken}
            options={SPOKEN.map((id) => ({ id, label: t(`rehearsal:spoken.${id}`) }))}
            onChange={setSpoken}
          />
          <Toggle label={t('authoring:withAnswers')} value={withAnswers} onChange={setWithAnswers} />
          <Button
            disabled={busy || open.stops.length === 0 || (withAnswers && !hasAnswers(open))}
            onPress={() =>
              make(async () => {
                const html = await makeHandout(open, simulation, { languages: languages(), withAnswers });
                saveBlob(new Blob([html], { type: 'text/html' }), `${name}.handout.html`);
              })
            }
          >
            <Download size={14} aria-hidden /> {t('authoring:saveHandout')}
          </Button>
        </div>
      </section>
      <section className="hand-out">
        <h3>{t('authoring:asPage')}</h3>
        <p className="quiet">{t('authoring:asPageHint')}</p>
        <div className="lesson-buttons">
          <Choice
            label={t('authoring:opensIn')}
            labelHidden
            value={mode}
            options={MODES.map((id) => ({ id, label: t(`classroom:mode.${id}`) }))}
            onChange={(id) => setMode(MODES.find((one) => one === id) ?? 'lecture')}
          />
          <Button
            disabled={busy}
            onPress={() =>
              make(async () =>
                saveBlob(new Blob([await lessonPage(source, mode)], { type: 'text/html' }), `${name}.html`),
              )
            }
          >
            <Download size={14} aria-hidden /> {t('authoring:savePage')}
          </Button>
        </div>
      </section>
      <section className="hand-out">
        <h3>SCORM 1.2</h3>
        <p className="quiet">{t('authoring:scormHint')}</p>
        <Button
          disabled={busy}
          onPress={() =>
            make(async () => {
              const zip = await scormPackage(source, { id: name, title });
              saveBlob(new Blob([zip], { type: 'application/zip' }), `${name}.scorm.zip`);
            })
          }
        >
          <Download size={14} aria-hidden /> {t('authoring:saveScorm')}
        </Button>
      </section>
      {failure !== undefined && (
        <p className="tone-bad" role="alert">
          {t('authoring:cannotHandOut', { message: failure })}
        </p>
      )}
    </Dialog>
  );
}
