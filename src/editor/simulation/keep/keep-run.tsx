import { CircleCheck, CircleX, Download, FolderOpen, Link } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../kit/button.tsx';
import type { BranchState } from '../../../workspace/simulation/simulation.ts';
import { saveBlob } from '../../exporting/download.ts';
import { useText } from '../../i18n.ts';
import { useShelf } from '../../shelf-context.ts';
import { useWorkspace } from '../../workspace-context.ts';
import { useSimulation, useSimulationState } from '../simulation-context.ts';
import { LONG_LINK, momentHash } from './moment-link.ts';
import { openKept } from './open-kept.ts';
import { useRunName } from './run-name.ts';
import { askForFiles } from '../../ask-for-files.ts';

/** The run as design, script and seed: saved, opened again, or sent as a link to the step that is shown. */
export function KeepRun({ branch }: { readonly branch: BranchState }) {
  const t = useText();
  const simulation = useSimulation();
  const parts = { shelf: useShelf(), workspace: useWorkspace(), simulation };
  const name = useRunName();
  const keptHash = useSimulationState((state) => state.keptHash);
  const isFirst = useSimulationState((state) => state.branch === 0);
  const isRunning = useSimulationState(({ status }) => status === 'running');
  const [said, setSaid] = useState<{ readonly text: string; readonly tone: 'good' | 'bad' | 'warn' } | undefined>();
  const say = (text: string, tone: 'good' | 'bad' | 'warn'): void => setSaid({ text, tone });

  const save = async (): Promise<void> => {
    const script = await simulation.ask('script', { title: name });
    if (script !== undefined) saveBlob(new Blob([script], { type: 'application/yaml' }), `${fileName(name)}.run.yaml`);
  };
  const copyLink = async (): Promise<void> => {
    const script = await simulation.ask('script', { title: name });
    if (script === undefined) return;
    const { seq } = simulation.store.getState();
    const { origin, pathname, search } = location;
    const base = origin === 'null' ? `file://${pathname}` : `${origin}${pathname}`;
    const link = `${base}${search}${momentHash({ name, script, seq })}`;
    try {
      await navigator.clipboard.writeText(link);
      if (link.length > LONG_LINK) say(t('rehearsal:longLink', { count: link.length }), 'warn');
      else say(t('rehearsal:linkCopied'), 'good');
    } catch (error) {
      say(String(error), 'bad');
    }
  };
  const open = async (): Promise<void> => {
    const [file] = await askForFiles({ accept: '.yaml,.yml' });
    if (file === undefined) return;
    try {
      await openKept({ name: file.name.replace(/(?:\.run)?\.ya?ml$/i, ''), script: await file.text() }, parts);
    } catch (error) {
      say(t('rehearsal:cannotOpen', { message: String(error) }), 'bad');
    }
  };

  const isSame = keptHash === branch.hash;
  return (
    <section aria-label={t('rehearsal:thisRun')}>
      <h2>{t('rehearsal:thisRun')}</h2>
      <p>
        {t('rehearsal:traceHash')} <code>{branch.hash ?? '…'}</code>
      </p>
      {keptHash !== undefined && isFirst && branch.hash !== undefined && (
        <p className={isSame ? 'tone-good' : 'tone-bad'}>
          {isSame ? <CircleCheck size={14} aria-hidden /> : <CircleX size={14} aria-hidden />}{' '}
          {isSame ? t('rehearsal:sameHash') : t('rehearsal:otherHash', { hash: keptHash })}
        </p>
      )}
      <div className="keep-buttons">
        <Button small look="primary" disabled={isRunning} onPress={() => void save()}>
          <Download size={14} aria-hidden /> {t('rehearsal:saveRun')}
        </Button>
        <Button small onPress={() => void open()}>
          <FolderOpen size={14} aria-hidden /> {t('rehearsal:openRun')}
        </Button>
        <Button small disabled={isRunning} onPress={() => void copyLink()}>
          <Link size={14} aria-hidden /> {t('rehearsal:copyLink')}
        </Button>
      </div>
      <output className={`keep-said${said ? ` tone-${said.tone}` : ''}`}>{said?.text}</output>
      <p className="quiet">
        {t('rehearsal:runHint')} <code>drydock simulate --script {fileName(name)}.run.yaml</code>
      </p>
    </section>
  );
}

function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-') || 'run';
}
