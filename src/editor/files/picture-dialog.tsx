import { ClipboardCopy, Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { holdsSecrets } from '../../design/without-secrets.ts';
import { Button } from '../../kit/button.tsx';
import { Choice, Toggle } from '../../kit/choice.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { showToast } from '../../kit/toasts.ts';
import { saveBlob } from '../exporting/download.ts';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { useShelfState } from '../shelf-context.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import './files.css';
import { shownTheme } from '../shown-theme.ts';
import { drawSvg, pictureFile } from './picture-file.ts';
import type { PictureChoice } from './picture-file.ts';

const SCALES = [1, 2, 3, 4] as const;

/** A picture of the design for slides and documents, as it will look, with what it carries. */
export default function PictureDialog() {
  const t = useText();
  const workspace = useWorkspace();
  const name = useShelfState((state) => state.name);
  const scene = useWorkspaceState((state) => state.scene);
  const selected = useWorkspaceState((state) => state.selection.size);
  const secrets = useWorkspaceState(({ design }) => design);
  const hasSecrets = useMemo(() => holdsSecrets(secrets), [secrets]);
  const [choice, setChoice] = useState<PictureChoice>({
    format: 'svg',
    theme: shownTheme(),
    background: true,
    scale: 2,
    onlySelection: false,
    embed: true,
    secrets: false,
  });
  const change = (part: Partial<PictureChoice>) => setChoice((before) => ({ ...before, ...part }));
  // The scene stands for what is drawn.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const preview = useMemo(() => drawSvg(workspace, choice), [workspace, choice, scene]);
  const fail = (error: unknown) => showToast({ text: String(error), tone: 'bad' });
  const save = () => {
    pictureFile(workspace, choice).then((blob) => {
      saveBlob(blob, `${name === '' ? 'drydock' : name.replaceAll(/[/\\]/g, '-')}.${choice.format}`);
      closeDialog();
    }, fail);
  };
  const copy = () => {
    const png = pictureFile(workspace, { ...choice, format: 'png', embed: false });
    navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]).then(() => {
      showToast({ text: t('files:pictureCopied'), tone: 'plain' });
      closeDialog();
    }, fail);
  };
  return (
    <Dialog
      title={t('files:pictureTitle')}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      wide
      footer={
        <>
          <Button onPress={copy}>
            <ClipboardCopy size={16} aria-hidden /> {t('files:copyPng')}
          </Button>
          <Button look="primary" onPress={save}>
            <Download size={16} aria-hidden /> {t('files:savePictureNow')}
          </Button>
        </>
      }
    >
      <div className={`picture-preview${choice.background ? '' : ' picture-clear'}`}>
        <img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(preview)}`} alt={t('files:picturePreview')} />
      </div>
      <div className="picture-choices">
        <Choice
          label={t('files:format')}
          value={choice.format}
          options={[
            { id: 'svg', label: 'SVG' },
            { id: 'png', label: 'PNG' },
          ]}
          onChange={(format) => change({ format: format === 'png' ? 'png' : 'svg' })}
        />
        <Choice
          label={t('files:colours')}
          value={choice.theme}
          options={[
            { id: 'light', label: t('shell:theme.light') },
            { id: 'dark', label: t('shell:theme.dark') },
          ]}
          onChange={(theme) => change({ theme: theme === 'dark' ? 'dark' : 'light' })}
        />
        {choice.format === 'png' && (
          <Choice
            label={t('files:scale')}
            value={String(choice.scale)}
            options={SCALES.map((scale) => ({ id: String(scale), label: `${scale}×` }))}
            onChange={(id) => change({ scale: SCALES.find((scale) => String(scale) === id) ?? 2 })}
          />
        )}
      </div>
      <Toggle
        label={t('files:transparent')}
        value={!choice.background}
        onChange={(clear) => change({ background: !clear })}
      />
      {selected > 0 && (
        <Toggle
          label={t('files:onlySelection')}
          value={choice.onlySelection}
          onChange={(onlySelection) => change({ onlySelection })}
        />
      )}
      <Toggle label={t('files:embed')} value={choice.embed} onChange={(embed) => change({ embed })} />
      {choice.embed && hasSecrets && (
        <Toggle label={t('files:embedSecrets')} value={choice.secrets} onChange={(keep) => change({ secrets: keep })} />
      )}
    </Dialog>
  );
}
