import { CodeXml, Link } from 'lucide-react';
import { IconButton } from '../../kit/button.tsx';
import { copyText } from '../copy-text.ts';
import { frameOf } from '../embed/addresses.ts';
import { useText } from '../i18n.ts';
import { addressOf } from './lesson-address.ts';
import { lessonStore } from './lesson-state.ts';
import { PresenterButton } from './presenter/presenter-button.tsx';
import { PresenterPanel } from './presenter/presenter-panel.tsx';

/** The window of who presents it; and the step of the lesson to give away, as a link or as a frame for a page of one's own. */
export function LessonTools() {
  const t = useText();
  const copy = (textOf: (address: string) => string): void => {
    const { open } = lessonStore.getState();
    if (open === undefined) return;
    copyText(textOf(addressOf(open)), t('classroom:copied'));
  };
  return (
    <>
      <PresenterButton />
      <PresenterPanel />
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
