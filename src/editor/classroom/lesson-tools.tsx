import { CodeXml, Link, PenLine, Share } from 'lucide-react';
import { Button, IconButton } from '../../kit/button.tsx';
import { copyText } from '../copy-text.ts';
import { frameOf } from '../embed/addresses.ts';
import { isEmbedded } from '../../workspace/saving/person-memory.ts';
import { useText } from '../i18n.ts';
import { openDialog } from '../page-state.ts';
import { useAuthoring } from './authoring/author-state.ts';
import { LONG_LINK } from '../simulation/keep/moment-link.ts';
import { useSimulation } from '../simulation/simulation-context.ts';
import { packedBranch } from './branch-link.ts';
import { addressOf } from './lesson-address.ts';
import { lessonStore } from './lesson-state.ts';
import { PresenterButton } from '../presenting/presenter/presenter-button.tsx';
import { LessonPresenter } from './lesson-presenter.tsx';

/** The window of who presents it; and the step of the lesson to give away, as a link or as a frame for a page of one's own. */
export function LessonTools() {
  const t = useText();
  const simulation = useSimulation();
  const copy = (textOf: (address: string) => string): void => {
    const { open } = lessonStore.getState();
    if (open === undefined) return;
    void packedBranch(simulation).then((branch) => {
      const text = textOf(addressOf(open, branch));
      copyText(text, text.length > LONG_LINK ? t('rehearsal:longLink', { count: text.length }) : t('classroom:copied'));
    });
  };
  const isPreview = useAuthoring((open) => open !== undefined);
  return (
    <>
      <PresenterButton />
      <LessonPresenter />
      {isPreview && (
        <Button
          small
          look="primary"
          onPress={() => void import('./authoring/author-lesson.ts').then((author) => author.backToDraft())}
        >
          <PenLine size={14} aria-hidden /> {t('authoring:back')}
        </Button>
      )}
      {!isEmbedded() && (
        <IconButton
          label={t('authoring:give')}
          icon={<Share size={16} />}
          onPress={() => openDialog({ type: 'handOut' })}
        />
      )}
      <IconButton
        label={t('classroom:copyLink')}
        icon={<Link size={16} />}
        onPress={() => copy((address) => address)}
      />
      <IconButton
        label={t('classroom:copyFrame')}
        icon={<CodeXml size={16} />}
        onPress={() => copy((address) => frameOf(address, { width: '960', height: '540' }))}
      />
    </>
  );
}
