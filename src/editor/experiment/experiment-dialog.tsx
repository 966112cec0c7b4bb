import { FlaskConical, Square } from 'lucide-react';
import { use, useState } from 'react';
import { useStore } from 'zustand';
import './experiment.css';
import { csvOf } from '../../experiment/csv.ts';
import { scriptIn, scriptTextOf } from '../../experiment/draft.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Experiments } from '../../experiment/experiment-store.ts';
import { createExperiments } from '../../experiment/experiment-store.ts';
import { resultOf } from '../../experiment/result.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { saveBlob } from '../exporting/download.ts';
import { sentence, useText } from '../i18n.ts';
import { closeDialog, page } from '../page-state.ts';
import { useWorkspace } from '../workspace-context.ts';
import { draft } from './draft-state.ts';
import { ExperimentForm } from './experiment-form.tsx';
import { ExperimentResults } from './experiment-results.tsx';
import { JobButton } from './job-button.tsx';

let loading: Promise<Experiments> | undefined;

/** Loaded once: what runs goes on while the dialog is closed. */
function loadExperiments(): Promise<Experiments> {
  loading ??= openExperiments();
  return loading;
}

async function openExperiments(): Promise<Experiments> {
  const threads = await page.getState().trials?.();
  if (threads === undefined) throw new Error('this page has no threads for experiments');
  return createExperiments(threads.openTrials);
}

/** Most threads that are started: each holds a whole simulator. */
const MOST_THREADS = 8;

/** A design run many times with other values and seeds, in threads, with a table and a plot. */
export default function ExperimentDialog() {
  const t = useText();
  const workspace = useWorkspace();
  const experiments = use(loadExperiments());
  const { status, head, rows } = useStore(experiments.store);
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const name = 'experiment';
  const isRunning = status === 'running';
  const given = (): Experiment | undefined => {
    const found = scriptIn(scriptTextOf(draft.getState(), name));
    setWrong('id' in found ? sentence(t, 'manifest', found.id, found.params) : undefined);
    if ('id' in found) return undefined;
    const decoder = new TextDecoder();
    const files = workspace
      .exportFiles({ layout: 'keep' })
      .map(({ path, content }) => ({ path, text: decoder.decode(content) }));
    return { files, script: found.script };
  };
  const run = () => {
    const experiment = given();
    if (experiment === undefined) return;
    const threads = Math.max(1, Math.min(MOST_THREADS, (navigator.hardwareConcurrency || 2) - 1));
    experiments.start(experiment, threads);
  };
  return (
    <Dialog
      huge
      title={t('experiment:title')}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          {wrong !== undefined && (
            <span className="tone-bad experiment-wrong" role="alert">
              {wrong}
            </span>
          )}
          <Button
            look="quiet"
            onPress={() => saveText(scriptTextOf(draft.getState(), name), 'experiment.yaml', 'application/yaml')}
          >
            {t('experiment:saveScript')}
          </Button>
          <JobButton given={given} name={name} onWrong={setWrong} />
          <Button
            look="quiet"
            disabled={head === undefined || rows.length === 0}
            onPress={() => head && saveText(csvOf(resultOf(head, rows)), 'experiment.csv', 'text/csv')}
          >
            {t('experiment:saveTable')}
          </Button>
          {isRunning ? (
            <Button look="danger" onPress={() => experiments.cancel()}>
              <Square size={14} aria-hidden />
              {t('experiment:stop')}
            </Button>
          ) : (
            <Button look="primary" onPress={run}>
              <FlaskConical size={16} aria-hidden />
              {t('experiment:run')}
            </Button>
          )}
        </>
      }
    >
      <p className="quiet">{t('experiment:note')}</p>
      <div className="experiment">
        <ExperimentForm />
        <div className="experiment-results">
          <ExperimentResults experiments={experiments} />
        </div>
      </div>
    </Dialog>
  );
}

function saveText(text: string, name: string, type: string): void {
  saveBlob(new Blob([text], { type }), name);
}
