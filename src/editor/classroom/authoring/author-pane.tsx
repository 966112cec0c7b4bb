import { Download, Play, X } from 'lucide-react';
import { useState } from 'react';
import './authoring.css';
import { stringAt } from '../../../base/json.ts';
import { Button, IconButton } from '../../../kit/button.tsx';
import { MenuButton } from '../../../kit/menu.tsx';
import { Tabs } from '../../../kit/tabs.tsx';
import { showToast } from '../../../kit/toasts.ts';
import { lessonText } from '../../../workspace/lessons/lesson-text.ts';
import { saveBlob } from '../../exporting/download.ts';
import { useText } from '../../i18n.ts';
import { MODES } from '../modes.ts';
import { useSay } from '../use-say.ts';
import { AboutTab } from './about-tab.tsx';
import { ProblemText } from './author-fields.tsx';
import { closeAuthoring, previewDraft } from './author-lesson.ts';
import { allProblems, isGap, useAuthoring } from './author-state.ts';
import type { Authoring } from './author-state.ts';
import { HomeworkTab } from './homework-tab.tsx';
import { QuestionsTab } from './questions-tab.tsx';
import { RunTab } from './run-tab.tsx';
import { StepsTab } from './steps-tab.tsx';

/** A lesson that is written beside its run: what is done, which steps are told, what is asked. */
export function AuthorPane() {
  const open = useAuthoring((state) => state);
  return open && <Pane open={open} />;
}

function Pane({ open }: { readonly open: Authoring }) {
  const t = useText();
  const say = useSay();
  const [tab, setTab] = useState('steps');
  const wrong = allProblems(open).filter((problem) => !isGap(problem));
  const save = (): void => {
    const name = `${stringAt(open.draft, 'metadata', 'name') ?? 'lesson'}.yaml`;
    saveBlob(new Blob([lessonText(open.draft)], { type: 'application/yaml' }), name);
  };
  return (
    <aside className="sim-side author" aria-label={t('authoring:pane')}>
      <header className="author-head">
        <h2>{say(open.lesson.title) || t('authoring:pane')}</h2>
        <MenuButton
          label={t('authoring:preview')}
          className="button-plain button-small"
          entries={MODES.map((mode) => ({
            id: mode,
            label: t(`classroom:mode.${mode}`),
            disabled: wrong.length > 0,
            onAction: () => {
              previewDraft(mode).catch((error: unknown) => showToast({ text: String(error), tone: 'bad' }));
            },
          }))}
        >
          <Play size={14} aria-hidden /> {t('authoring:preview')}
        </MenuButton>
        <Button small look="primary" onPress={save}>
          <Download size={14} aria-hidden /> {t('authoring:save')}
        </Button>
        <IconButton small label={t('authoring:close')} icon={<X size={15} />} onPress={closeAuthoring} />
      </header>
      <Tabs
        label={t('authoring:pane')}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { id: 'run', title: t('authoring:run'), content: <RunTab /> },
          { id: 'steps', title: t('authoring:steps'), count: open.lesson.steps.length, content: <StepsTab /> },
          {
            id: 'questions',
            title: t('authoring:questions'),
            count: open.lesson.questions.length,
            content: <QuestionsTab />,
          },
          { id: 'homework', title: t('authoring:homework'), content: <HomeworkTab /> },
          { id: 'about', title: t('authoring:about'), content: <AboutTab /> },
        ]}
      />
      <Verdict open={open} />
    </aside>
  );
}

/** What the validator says of the whole. */
function Verdict({ open }: { readonly open: Authoring }) {
  const t = useText();
  const all = allProblems(open);
  const gaps = all.filter(isGap).length;
  const wrong = all.length - gaps;
  if (all.length === 0)
    return (
      <footer className="author-foot tone-good">
        {t(open.check === undefined ? 'authoring:checking' : 'authoring:noProblems')}
      </footer>
    );
  return (
    <footer className="author-foot">
      <details>
        <summary className={wrong > 0 ? 'tone-bad' : 'author-gap'}>
          {wrong > 0 && t('authoring:problems', { count: wrong })} {gaps > 0 && t('authoring:gaps', { count: gaps })}
        </summary>
        <ul>
          {all.map((problem) => (
            <li key={`${problem.field} ${problem.id}`}>
              <code>{problem.field}</code> <ProblemText problem={problem} />
            </li>
          ))}
        </ul>
      </details>
    </footer>
  );
}
