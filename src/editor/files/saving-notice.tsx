import { TriangleAlert, X } from 'lucide-react';
import { Button, IconButton } from '../../kit/button.tsx';
import { showToast } from '../../kit/toasts.ts';
import { visibleText } from '../../kit/visible-text.ts';
import type { ShelfNotice } from '../../workspace/saving/shelf.ts';
import { downloadDesign, downloadFiles } from '../exporting/download.ts';
import { useText } from '../i18n.ts';
import { useShelf, useShelfState } from '../shelf-context.ts';
import { useWorkspace } from '../workspace-context.ts';

/** What goes wrong while work is kept. It stays until it is dealt with: nobody should lose work without having been told. */
export function SavingNotice() {
  const fault = useShelfState((state) => state.fault);
  const notice = useShelfState((state) => state.notice);
  return (
    <>
      {fault && <Fault fault={fault} />}
      {notice && <Notice notice={notice} />}
    </>
  );
}

function Fault({ fault }: { readonly fault: 'full' | 'newer' | 'noAnswer' | 'refused' }) {
  const t = useText();
  const shelf = useShelf();
  const workspace = useWorkspace();
  return (
    <div className="notice notice-bad" role="alert">
      <div className="notice-head">
        <TriangleAlert size={16} className="tone-bad" aria-hidden />
        <b>{t(`files:fault.${fault}`)}</b>
      </div>
      <p>{t('files:faultAdvice')}</p>
      <div className="notice-actions">
        <Button small onPress={() => void shelf.flush()}>
          {t('files:tryAgain')}
        </Button>
        <Button small look="primary" onPress={() => downloadDesign(workspace, 'keep')}>
          {t('files:download')}
        </Button>
      </div>
    </div>
  );
}

function Notice({ notice }: { readonly notice: ShelfNotice }) {
  const t = useText();
  const shelf = useShelf();
  const name = useShelfState((state) => state.name);
  const other = visibleText(notice.other.name);
  const download = () => {
    shelf.load(notice.other.id).then(
      (saved) => saved && downloadFiles(saved.files),
      (error: unknown) => showToast({ text: String(error), tone: 'bad' }),
    );
  };
  return (
    <div className="notice" role="alert">
      <div className="notice-head">
        <TriangleAlert size={16} className="tone-warn" aria-hidden />
        <b>{t(`files:notice.${notice.id}`, { other })}</b>
        <IconButton small label={t('shell:close')} icon={<X size={14} />} onPress={() => shelf.dismissNotice()} />
      </div>
      <p>
        {notice.id === 'conflict'
          ? t('files:conflictText', { name: visibleText(name), other })
          : t('files:notOpenedText')}
      </p>
      <div className="notice-actions">
        {notice.id === 'notOpened' && (
          <Button small onPress={download}>
            {t('files:download')}
          </Button>
        )}
        <Button small look="primary" onPress={() => void shelf.open(notice.other.id)}>
          {notice.id === 'conflict' ? t('files:openOther') : t('files:openAnyway')}
        </Button>
      </div>
    </div>
  );
}
