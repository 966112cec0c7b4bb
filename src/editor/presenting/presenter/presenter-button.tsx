import { AppWindow } from 'lucide-react';
import { IconButton } from '../../../kit/button.tsx';
import { isEmbedded } from '../../../workspace/saving/person-memory.ts';
import { useText } from '../../i18n.ts';
import { openPresenter } from './presenter-window.ts';

/** Opens the window of who presents; a page in a frame of another opens none. */
export function PresenterButton() {
  const t = useText();
  if (isEmbedded()) return null;
  return <IconButton label={t('presenting:open')} icon={<AppWindow size={18} />} onPress={openPresenter} />;
}
