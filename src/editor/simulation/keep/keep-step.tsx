import { Bookmark, BookmarkCheck, FileText, Image } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../kit/button.tsx';
import type { LogEntry } from '../../../workspace/simulation/simulation.ts';
import { saveBlob } from '../../exporting/download.ts';
import { drawPng } from '../../files/picture-file.ts';
import { useText } from '../../i18n.ts';
import { settings } from '../../settings.ts';
import { useSimulation, useSimulationState } from '../simulation-context.ts';
import { indexAt } from '../steps.ts';
import { useAnswer } from '../use-answer.ts';
import { pictureOfStep } from './make-storyboard.ts';
import { markOf, marks, toggleMark } from './marks.ts';

/** Pixels of a PNG for each of its picture: sharp on a projector. */
const SCALE = 2;

/** The step that is shown: what the whole cluster hashes to, its picture, and a mark for the storyboard. */
export function KeepStep({ steps }: { readonly steps: readonly LogEntry[] }) {
  const t = useText();
  const simulation = useSimulation();
  const { language, captions } = useStore(settings);
  const seq = useSimulationState((state) => state.seq);
  const branch = useSimulationState((state) => state.branch);
  const isMarked = useStore(marks, ({ marked }) => marked.has(markOf(branch, seq)));
  const [failure, setFailure] = useState<string | undefined>();
  const hash = useAnswer('stateHash', {});
  const at = indexAt(steps, seq);
  const step = steps[at];
  const save = async (format: 'svg' | 'png'): Promise<void> => {
    if (step === undefined) return;
    const both = [language, language === 'en' ? ('zh-CN' as const) : ('en' as const)];
    try {
      const svg = await pictureOfStep(simulation, step, at + 1, captions === 'both' ? both : [language]);
      const type = format === 'svg' ? 'image/svg+xml' : 'image/png';
      const content = format === 'svg' ? svg : ((await drawPng(svg, SCALE)) as Uint8Array<ArrayBuffer>);
      saveBlob(new Blob([content], { type }), `step-${at + 1}.${format}`);
    } catch (error) {
      setFailure(String(error));
    }
  };
  const saveManifests = async (): Promise<void> => {
    const objects = await simulation.ask('objects', {});
    if (objects === undefined) return;
    const { manifestsOf } = await import('./manifests-at.ts');
    saveBlob(new Blob([await manifestsOf(objects)], { type: 'application/yaml' }), `step-${at + 1}.yaml`);
  };
  return (
    <section aria-label={t('rehearsal:thisStep')}>
      <h2>{t('rehearsal:thisStep')}</h2>
      <p>
        {t('rehearsal:stateHash')}{' '}
        <output className="mono keep-state" data-seq={hash?.seq}>
          {hash?.hash ?? '…'}
        </output>
      </p>
      <div className="keep-buttons">
        <Button small disabled={step === undefined} onPress={() => void save('svg')}>
          <Image size={14} aria-hidden /> SVG
        </Button>
        <Button small disabled={step === undefined} onPress={() => void save('png')}>
          <Image size={14} aria-hidden /> PNG
        </Button>
        <Button
          small
          disabled={step === undefined}
          onPress={() => {
            saveManifests().catch((error: unknown) => setFailure(String(error)));
          }}
        >
          <FileText size={14} aria-hidden /> YAML
        </Button>
        <Button small disabled={step === undefined} onPress={() => toggleMark(markOf(branch, seq))}>
          {isMarked ? <BookmarkCheck size={14} aria-hidden /> : <Bookmark size={14} aria-hidden />}{' '}
          {isMarked ? t('rehearsal:unmark') : t('rehearsal:mark')}
        </Button>
      </div>
      {failure !== undefined && <p className="tone-bad">{failure}</p>}
      <p className="quiet">{t('rehearsal:stepHint')}</p>
    </section>
  );
}
