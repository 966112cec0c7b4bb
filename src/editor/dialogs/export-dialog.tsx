import { ClipboardCopy, Download } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../kit/button.tsx';
import { Toggle } from '../../kit/choice.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { showToast } from '../../kit/toasts.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { downloadDesign, textOf } from '../exporting/download.ts';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { changeSettings, settings } from '../settings.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';

const MOST_LISTED = 100;

/** The files as they would be saved, for download or for the clipboard. */
export function ExportDialog() {
  const t = useText();
  const workspace = useWorkspace();
  const layout = useStore(settings, (state) => (state.exportLayout ? 'keep' : 'drop'));
  const design = useWorkspaceState((state) => state.design);
  // The design stands for the files: exporting reads it.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const files = useMemo(() => workspace.exportFiles({ layout }), [workspace, layout, design]);
  const bytes = files.reduce((sum, { content }) => sum + content.byteLength, 0);
  const copy = () => {
    navigator.clipboard.writeText(textOf(files)).then(
      () => showToast({ text: t('dialogs:copied'), tone: 'plain' }),
      (error: unknown) => showToast({ text: String(error), tone: 'bad' }),
    );
    closeDialog();
  };
  return (
    <Dialog
      title={t('dialogs:exportTitle')}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={copy}>
            <ClipboardCopy size={16} aria-hidden /> {t('dialogs:copyYaml')}
          </Button>
          <Button
            look="primary"
            // Opened to be answered at once.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            onPress={() => {
              downloadDesign(workspace, layout);
              closeDialog();
            }}
          >
            <Download size={16} aria-hidden />
            {files.length > 1 ? t('dialogs:downloadZip', { count: files.length }) : t('dialogs:downloadFile')}
          </Button>
        </>
      }
    >
      <p>{t('dialogs:exportNote')}</p>
      <ul className="export-files">
        {files.slice(0, MOST_LISTED).map(({ path, content }) => (
          <li key={path}>
            <span className="mono">{visibleText(path)}</span>
            <span className="quiet">{t('dialogs:kilobytes', { size: (content.byteLength / 1000).toFixed(1) })}</span>
          </li>
        ))}
        {files.length > MOST_LISTED && (
          <li className="quiet">{t('inspector:moreFields', { count: files.length - MOST_LISTED })}</li>
        )}
      </ul>
      {files.length > 1 && <p className="quiet">{t('dialogs:kilobytes', { size: (bytes / 1000).toFixed(1) })}</p>}
      <Toggle
        label={t('dialogs:withLayout')}
        value={layout === 'keep'}
        onChange={(keep) => changeSettings({ exportLayout: keep })}
      />
      <p className="quiet">{t('dialogs:layoutNote')}</p>
    </Dialog>
  );
}
