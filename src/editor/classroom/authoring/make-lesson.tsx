import { PenLine } from 'lucide-react';
import { Button } from '../../../kit/button.tsx';
import { showToast } from '../../../kit/toasts.ts';
import { useText } from '../../i18n.ts';
import { useShelf } from '../../shelf-context.ts';
import { useRunName } from '../../simulation/keep/run-name.ts';
import { useSimulation, useSimulationState } from '../../simulation/simulation-context.ts';
import { useWorkspace } from '../../workspace-context.ts';
import { useAuthoring } from './author-state.ts';

/** The run that is shown as the beginning of a lesson. */
export function MakeLesson() {
  const t = useText();
  const name = useRunName();
  const parts = { shelf: useShelf(), workspace: useWorkspace(), simulation: useSimulation() };
  const isRunning = useSimulationState(({ status }) => status === 'running');
  const isOpen = useAuthoring((open) => open !== undefined);
  const begin = async (): Promise<void> => {
    const { startLesson } = await import('./start-authoring.ts');
    await startLesson(name, parts);
  };
  return (
    <section aria-label={t('authoring:make')}>
      <h2>{t('authoring:make')}</h2>
      <div className="keep-buttons">
        <Button
          small
          disabled={isRunning || isOpen}
          onPress={() => {
            begin().catch((error: unknown) => showToast({ text: String(error), tone: 'bad' }));
          }}
        >
          <PenLine size={14} aria-hidden /> {t('authoring:makeFromRun')}
        </Button>
      </div>
      <p className="quiet">{t('authoring:makeHint')}</p>
    </section>
  );
}
