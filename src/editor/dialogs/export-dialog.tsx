import { ClipboardCopy, Copy, Download, Save } from 'lucide-react';
import { Suspense, lazy, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { applyCommand, exportInForm } from '../../design/export-forms.ts';
import type { ExportForm } from '../../design/export-forms.ts';
import { Button, IconButton } from '../../kit/button.tsx';
import { Choice, Toggle } from '../../kit/choice.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { showToast } from '../../kit/toasts.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { downloadFiles, textOf } from '../exporting/download.ts';
import { canSaveBack, saveBack } from '../exporting/save-back.ts';
import { copyText } from '../copy-text.ts';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { changeSettings, settings } from '../settings.ts';
import { useShelf, useShelfState } from '../shelf-context.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';

/** Chart, clusters and diagrams come when the dialog opens. */
const OtherFormats = lazy(() => import('../outside/other-formats.tsx'));

const MOST_LISTED = 100;
const FORMS = ['asTheyAre', 'one', 'each'] as const;

/** The files as they would be saved: for download, for the clipboard, or back to where they came from. */
export function ExportDialog() {
  const t = useText();
  const workspace = useWorkspace();
  const shelf = useShelf();
  const name = useShelfState((state) => state.name);
  const layout = useStore(settings, (state) => (state.exportLayout ? 'keep' : 'drop'));
  const design = useWorkspaceState((state) => state.design);
  const registry = useWorkspaceState((state) => state.registry);
  const [form, setForm] = useState<ExportForm['files']>('asTheyAre');
  const [withoutStatus, setWithoutStatus] = useState(false);
  const hasStatus = useMemo(
    () => [...design.records.values()].some(({ object }) => object['status'] !== undefined && object.kind !== 'Node'),
    [design],
  );
  const files = useMemo(
    () => exportInForm(design, registry, { files: form, name, layout, withoutStatus }),
    [design, registry, form, name, layout, withoutStatus],
  );
  const bytes = files.reduce((sum, { content }) => sum + content.byteLength, 0);
  const fail = (error: unknown) => showToast({ text: String(error), tone: 'bad' });
  const taken = () => {
    workspace.noteSaved();
    shelf.noteExported();
    closeDialog();
  };
  return (
    <Dialog
      title={t('dialogs:exportTitle')}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          <Button
            onPress={() => {
              copyText(textOf(files), t('dialogs:copied'));
              closeDialog();
            }}
          >
            <ClipboardCopy size={16} aria-hidden /> {t('dialogs:copyYaml')}
          </Button>
          {form === 'asTheyAre' && canSaveBack(files) && (
            <Button
              onPress={() => {
                saveBack(files).then((count) => {
                  showToast({ text: t('dialogs:savedBack', { count }), tone: 'plain' });
                  taken();
                }, fail);
              }}
            >
              <Save size={16} aria-hidden /> {t('files:saveBack')}
            </Button>
          )}
          <Button
            look="primary"
            // Opened to be answered at once.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            onPress={() => {
              downloadFiles(files);
              taken();
            }}
          >
            <Download size={16} aria-hidden />
            {files.length > 1 ? t('dialogs:downloadZip', { count: files.length }) : t('dialogs:downloadFile')}
          </Button>
        </>
      }
    >
      <Choice
        label={t('dialogs:exportForm')}
        value={form}
        options={FORMS.map((id) => ({ id, label: t(`dialogs:form.${id}`) }))}
        onChange={(id) => setForm(FORMS.find((known) => known === id) ?? 'asTheyAre')}
      />
      {form === 'asTheyAre' && <p className="quiet">{t('dialogs:exportNote')}</p>}
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
      {hasStatus && <Toggle label={t('dialogs:withoutStatus')} value={withoutStatus} onChange={setWithoutStatus} />}
      <Suspense fallback={null}>
        <OtherFormats />
      </Suspense>
      <div className="apply-line">
        <code className="mono">{applyCommand(files)}</code>
        <IconButton
          small
          label={t('dialogs:copyCommand')}
          icon={<Copy size={14} />}
          onPress={() => copyText(applyCommand(files), t('dialogs:commandCopied'))}
        />
      </div>
    </Dialog>
  );
}
