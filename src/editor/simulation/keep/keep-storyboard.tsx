import { BookImage, Clapperboard } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../kit/button.tsx';
import { Choice } from '../../../kit/choice.tsx';
import type { LogEntry } from '../../../workspace/simulation/simulation.ts';
import { saveBlob } from '../../exporting/download.ts';
import { useText } from '../../i18n.ts';
import { settings } from '../../settings.ts';
import { useSimulation, useSimulationState } from '../simulation-context.ts';
import { animatedSvg } from './animated-svg.ts';
import type { BoardLanguages } from './make-storyboard.ts';
import { makeStoryboard, pictureOfStep } from './make-storyboard.ts';
import { markOf, marks } from './marks.ts';
import { useRunName } from './run-name.ts';

/** Most steps of one storyboard: more is a book. */
const MOST_STEPS = 400;
/** Most steps of one animated picture: nobody watches longer than two minutes. */
const MOST_FRAMES = 40;
const SPOKEN = ['en', 'zh-CN', 'both'] as const;
type Spoken = (typeof SPOKEN)[number];

/** Chosen steps as one page to read and print. */
export function KeepStoryboard({ steps }: { readonly steps: readonly LogEntry[] }) {
  const t = useText();
  const simulation = useSimulation();
  const name = useRunName();
  const { language } = useStore(settings);
  const branch = useSimulationState((state) => state.branch);
  const marked = useStore(marks, (state) => state.marked);
  const [which, setWhich] = useState<'all' | 'marked'>('all');
  const [chosen, setSpoken] = useState<Spoken | undefined>();
  const [done, setDone] = useState<number | undefined>();
  const [failure, setFailure] = useState<string | undefined>();
  const spoken = chosen ?? language;
  const numbered = steps.map((step, at) => ({ step, number: at + 1, before: steps[at - 1] }));
  const own = numbered.filter(({ step }) => marked.has(markOf(branch, step.seq)));
  const wanted = (which === 'marked' ? own : numbered).slice(0, MOST_STEPS);
  const save = async (): Promise<void> => {
    setDone(0);
    try {
      const html = await makeStoryboard(simulation, wanted, {
        title: t('rehearsal:boardTitle', { name }),
        languages: languagesOf(spoken, language),
        progress: setDone,
      });
      saveBlob(new Blob([html], { type: 'text/html' }), `${name}.storyboard.html`);
    } catch (error) {
      setFailure(String(error));
    }
    setDone(undefined);
  };
  const animate = async (): Promise<void> => {
    setDone(0);
    try {
      const pictures: string[] = [];
      for (const { step, number } of wanted.slice(0, MOST_FRAMES)) {
        pictures.push(await pictureOfStep(simulation, step, number, languagesOf(spoken, language)));
        setDone(pictures.length);
      }
      const svg = animatedSvg(pictures, t('rehearsal:boardTitle', { name }));
      saveBlob(new Blob([svg], { type: 'image/svg+xml' }), `${name}.animated.svg`);
    } catch (error) {
      setFailure(String(error));
    }
    setDone(undefined);
  };
  return (
    <section aria-label={t('rehearsal:storyboard')}>
      <h2>{t('rehearsal:storyboard')}</h2>
      <div className="keep-buttons">
        <Choice
          label={t('rehearsal:whichSteps')}
          labelHidden
          value={which}
          options={[
            { id: 'all', label: t('rehearsal:allSteps', { count: Math.min(MOST_STEPS, numbered.length) }) },
            { id: 'marked', label: t('rehearsal:markedSteps', { count: own.length }) },
          ]}
          onChange={(id) => setWhich(id === 'marked' ? 'marked' : 'all')}
        />
        <Choice
          label={t('rehearsal:spoken')}
          labelHidden
          value={spoken}
          options={SPOKEN.map((id) => ({ id, label: t(`rehearsal:spoken.${id}`) }))}
          onChange={(id) => setSpoken(SPOKEN.find((one) => one === id))}
        />
        <Button small disabled={wanted.length === 0 || done !== undefined} onPress={() => void save()}>
          <BookImage size={14} aria-hidden />{' '}
          {done === undefined ? t('rehearsal:saveBoard') : t('rehearsal:drawing', { done, count: wanted.length })}
        </Button>
        <Button
          small
          disabled={wanted.length === 0 || wanted.length > MOST_FRAMES || done !== undefined}
          onPress={() => void animate()}
        >
          <Clapperboard size={14} aria-hidden /> {t('rehearsal:saveAnimation')}
        </Button>
      </div>
      {wanted.length > MOST_FRAMES && <p className="quiet">{t('rehearsal:mostFrames', { count: MOST_FRAMES })}</p>}
      {failure !== undefined && <p className="tone-bad">{failure}</p>}
      <p className="quiet">{t('rehearsal:boardHint')}</p>
    </section>
  );
}

function languagesOf(spoken: Spoken, own: 'en' | 'zh-CN'): BoardLanguages {
  if (spoken !== 'both') return [spoken];
  return own === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en'];
}
