import { useEffect, useId, useState } from 'react';
import { kindOfFragment, readFragment } from '../../interchange/share/share-link.ts';
import type { SharedDesign } from '../../interchange/share/share-link.ts';
import type { ConvertedFile } from '../../interchange/note.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { showToast } from '../../kit/toasts.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { previewOfFiles } from '../files/template-preview.ts';
import '../files/files.css';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';
import { useShelf } from '../shelf-context.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import './outside.css';
import { useOutsideText } from './outside-text.ts';
import { shownTheme } from '../shown-theme.ts';

/** A design that came in a link: looked at first, opened beside what is there, or let go. */
export default function SharedDialog({ fragment }: { readonly fragment: string }) {
  const t = useOutsideText();
  const text = useText();
  const shelf = useShelf();
  const [shared, setShared] = useState<SharedDesign>();
  const [password, setPassword] = useState('');
  const id = useId();
  const read = (secret?: string): void => void readFragment(fragment, secret).then(setShared);
  useEffect(() => {
    if (kindOfFragment(fragment) !== 'locked') void readFragment(fragment).then(setShared);
  }, [fragment]);
  const close = (): void => {
    // The link has done its work: a reload shows what is open, not the link again.
    history.replaceState(null, '', location.pathname + location.search);
    closeDialog();
  };
  const isLocked = kindOfFragment(fragment) === 'locked' && shared?.ok !== true;
  return (
    <Dialog
      title={t('sharedTitle')}
      closeLabel={text('shell:close')}
      onClose={close}
      wide
      footer={
        shared?.ok && (
          <Button
            look="primary"
            onPress={() => {
              shelf
                .begin(t('sharedName'), shared.files, true)
                .catch((error: unknown) => showToast({ text: String(error), tone: 'bad' }));
              close();
            }}
          >
            {t('openShared')}
          </Button>
        )
      }
    >
      {isLocked && (
        <form
          className="outside-row"
          onSubmit={(event) => {
            event.preventDefault();
            read(password);
          }}
        >
          <label className="field-label" htmlFor={id}>
            {t('sharedPassword')}
          </label>
          <input
            id={id}
            className="input"
            type="password"
            autoComplete="off"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button look="primary" onPress={() => read(password)}>
            {t('unlock')}
          </Button>
        </form>
      )}
      {shared && !shared.ok && <p role="alert">{t(`bad.${shared.reason}`)}</p>}
      {shared?.ok && <Preview files={shared.files} />}
    </Dialog>
  );
}

function Preview({ files }: { readonly files: readonly ConvertedFile[] }) {
  const t = useOutsideText();
  const kinds = useWorkspaceState((state) => state.registry);
  const [picture, setPicture] = useState<string>();
  useEffect(() => {
    previewOfFiles(files, kinds, shownTheme()).then(setPicture, () => undefined);
  }, [files, kinds]);
  return (
    <>
      {picture !== undefined && (
        <div className="picture-preview">
          <img src={picture} alt={t('sharedPicture')} />
        </div>
      )}
      <ul className="export-files">
        {files.slice(0, 20).map(({ path }) => (
          <li key={path}>
            <span className="mono">{visibleText(path)}</span>
          </li>
        ))}
      </ul>
      <p className="quiet">{t('sharedNote')}</p>
    </>
  );
}
