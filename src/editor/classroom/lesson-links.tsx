import { CodeXml, Link, PenLine } from 'lucide-react';
import { Button, IconButton } from '../../kit/button.tsx';
import { copyText } from '../copy-text.ts';
import { frameOf } from '../embed/addresses.ts';
import { useText } from '../i18n.ts';
import { useAuthoring } from './authoring/author-state.ts';
import { addressOf } from './lesson-address.ts';
import { lessonStore } from './lesson-state.ts';

/** Gives the step of the lesson away: as a link, or as a frame for a page of one's own. */
export function LessonLinks() {
  const t = useText();
  const copy = (textOf: (address: string) => string): void => {
    const { open } = lessonStore.getState();
    if (open === undefined) return;
    copyText(textOf(addressOf(open)), t('classroom:copied'));
  };
  const isPreview = useAuthoring((open) => open !== undefined);
  return (
    <>
      {isPreview && (
        <Button
          small
          look="primary"
          onPress={() => void import('./authoring/author-lesson.ts').then((author) => author.backToDraft())}
        >
          <PenLine size={14} aria-hidden /> {t('authoring:back')}
        </Button>
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
