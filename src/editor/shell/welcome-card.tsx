import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { nameOf } from '../../apimachinery/object.ts';
import { Button, IconButton } from '../../kit/button.tsx';
import { markVisited } from '../../workspace/saving/browser-parts.ts';
import { useText } from '../i18n.ts';
import { openDialog, page, reveal, usePage } from '../page-state.ts';
import { goToProblem } from '../problems/go-to-problem.ts';
import { useSimulation } from '../simulation/simulation-context.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { rehearse } from './rehearse.ts';

/** Beside the example of a first visit: what it is, and three things to try, each ticked off when it has been done. */
export default function WelcomeCard() {
  const t = useText();
  const workspace = useWorkspace();
  const simulation = useSimulation();
  const shown = usePage((state) => state.welcome);
  const changed = useWorkspaceState(({ history }) => history.undo !== undefined);
  const missing = useWorkspaceState(({ scene }) => scene.cards.find(({ ghost }) => ghost));
  const hasCards = useWorkspaceState(({ scene }) => scene.cards.length > 0);
  const rehearsed = usePage((state) => state.simulated !== undefined);
  if (!shown || !hasCards) return null;
  const close = () => {
    markVisited();
    page.setState({ welcome: false });
  };
  const show = (kind: string) => {
    const records = [...workspace.store.getState().design.records.values()];
    const record = records.find(({ object }) => object.kind === kind && nameOf(object) === 'web');
    if (!record) return;
    page.setState({ edge: undefined, inspectorTab: 'form' });
    workspace.select([record.id]);
    reveal(record.id);
  };
  return (
    <section className="welcome" aria-label={t('shell:welcomeTitle')}>
      <div className="notice-head">
        <b>{t('shell:welcomeTitle')}</b>
        <IconButton small label={t('shell:close')} icon={<X size={14} />} onPress={close} />
      </div>
      <p>{t('shell:welcomeText')}</p>
      <ol className="welcome-list">
        <Try done={changed} text={t('shell:tryChange')} action={t('shell:showMe')} onPress={() => show('Deployment')} />
        <Try
          done={missing === undefined}
          text={t('shell:tryMissing')}
          action={t('shell:showMe')}
          onPress={() => {
            const problem = workspace.store.getState().problems.find(({ id }) => id === 'reference.missing');
            if (problem) goToProblem(workspace, problem);
          }}
        />
        <Try
          done={rehearsed}
          text={t('shell:tryRehearse')}
          action={t('simulation:rehearse')}
          onPress={() => rehearse(workspace, simulation)}
        />
      </ol>
      <div className="notice-actions">
        <Button small look="quiet" onPress={() => openDialog({ type: 'templates' })}>
          {t('shell:moreTemplates')}
        </Button>
      </div>
    </section>
  );
}

interface TryProps {
  readonly done: boolean;
  readonly text: ReactNode;
  readonly action: string;
  readonly onPress: () => void;
}

function Try({ done, text, action, onPress }: TryProps) {
  const t = useText();
  return (
    <li className={done ? 'welcome-try welcome-done' : 'welcome-try'}>
      <span className="welcome-mark" aria-hidden>
        {done && <Check size={12} strokeWidth={3} />}
      </span>
      <span>
        {text}
        {done && <span className="visually-hidden"> {t('shell:tryDone')}</span>}
      </span>
      {!done && (
        <Button small onPress={onPress}>
          {action}
        </Button>
      )}
    </li>
  );
}
