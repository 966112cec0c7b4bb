import { FileUp, FolderUp, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { showToast } from '../kit/toasts.ts';
import type { ImportedFile } from '../workspace/workspace.ts';
import { useText } from './i18n.ts';
import { pickFiles } from './importing/pick-files.ts';
import { openDialog } from './page-state.ts';
import { useShelf } from './shelf-context.ts';

const nothingTaken = (): boolean => false;

/** What a new page says: how to begin, in three lines. */
export default function EmptyCanvas({
  exampleFiles,
}: {
  readonly exampleFiles: () => Promise<readonly ImportedFile[]>;
}) {
  const t = useText();
  const shelf = useShelf();
  const [opening, setOpening] = useState(false);
  const openExample = () => {
    setOpening(true);
    exampleFiles()
      .then((files) => shelf.begin('shop', files))
      .catch((error: unknown) => showToast({ text: String(error), tone: 'bad' }))
      .finally(() => setOpening(false));
  };
  return (
    <div className="empty">
      <div className="empty-inner">
        <img src="./drydock.svg" width={48} height={48} alt="" />
        <h2>{t('shell:emptyTitle')}</h2>
        <div className="empty-lines">
          <p>{t('shell:emptyDrop')}</p>
          <p>{t('shell:emptyTrue')}</p>
          <p>{t('shell:emptyLocal')}</p>
        </div>
        <div className="empty-actions">
          <Button look="primary" disabled={opening} onPress={openExample}>
            {t('shell:openExample')}
          </Button>
          <Button onPress={() => pickFiles(shelf, 'files', nothingTaken)}>
            <FileUp size={16} aria-hidden />
            {t('files:openFiles')}
          </Button>
          <Button onPress={() => pickFiles(shelf, 'folder', nothingTaken)}>
            <FolderUp size={16} aria-hidden />
            {t('files:openFolder')}
          </Button>
          <Button onPress={() => openDialog({ type: 'add' })}>
            <Plus size={16} aria-hidden />
            {t('shell:startBlank')}
          </Button>
        </div>
      </div>
    </div>
  );
}
