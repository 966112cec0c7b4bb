import { Copy } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { holdsSecrets } from '../../design/without-secrets.ts';
import type { ConvertedFile } from '../../interchange/note.ts';
import { shareFragment } from '../../interchange/share/share-link.ts';
import { shareableFiles } from '../../interchange/share/shareable-files.ts';
import { Button } from '../../kit/button.tsx';
import { Toggle } from '../../kit/choice.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { showToast } from '../../kit/toasts.ts';
import { useText } from '../i18n.ts';
import { copyText } from '../copy-text.ts';
import { frameOf } from '../embed/addresses.ts';
import { closeDialog } from '../page-state.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import './outside.css';
import { useOutsideText } from './outside-text.ts';
import { QrCode } from './qr-code.tsx';

interface MadeLink {
  readonly files: readonly ConvertedFile[];
  readonly password: string;
  readonly link: string;
}

/** How long a password rests before the link is made with it: deriving a key takes a moment. */
const REST_MS = 400;

/** A link that holds the design: nothing is sent anywhere until a person sends it. */
export default function ShareDialog() {
  const t = useOutsideText();
  const text = useText();
  const design = useWorkspaceState((state) => state.design);
  const registry = useWorkspaceState((state) => state.registry);
  const hasSecrets = useMemo(() => holdsSecrets(design), [design]);
  const [secrets, setSecrets] = useState(false);
  const [password, setPassword] = useState('');
  const [made, setMade] = useState<MadeLink>();
  const [linkId, passwordId] = [useId(), useId()];
  const files = useMemo(
    () => shareableFiles(design, registry, secrets ? 'keep' : 'remove'),
    [design, registry, secrets],
  );
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(
      () => {
        if (!files) return;
        shareFragment(files, password).then(
          (fragment) => isCurrent && setMade({ files, password, link: `${location.href.split('#')[0]}#${fragment}` }),
          (error: unknown) => showToast({ text: String(error), tone: 'bad' }),
        );
      },
      password === '' ? 0 : REST_MS,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [files, password]);
  // A link that was made without the password just typed must not be copied for one that was.
  const link = made && made.files === files && made.password === password ? made.link : undefined;
  const copy = (what: string): void => copyText(what, t('copied'));
  const snippet = link === undefined ? '' : frameOf(link, { width: '100%', height: '480' });
  return (
    <Dialog
      title={t('shareTitle')}
      closeLabel={text('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          <Button disabled={link === undefined} onPress={() => copy(snippet)}>
            <Copy size={16} aria-hidden /> {t('copyEmbed')}
          </Button>
          <Button look="primary" disabled={link === undefined} onPress={() => copy(link ?? '')}>
            <Copy size={16} aria-hidden /> {t('copyLink')}
          </Button>
        </>
      }
    >
      <p className="quiet">{t('shareNote')}</p>
      {hasSecrets && <Toggle label={t('withSecrets')} value={secrets} onChange={setSecrets} />}
      <div className="field">
        <label className="field-label" htmlFor={passwordId}>
          {t('password')}
        </label>
        <input
          id={passwordId}
          className="input"
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      {!files && <p role="alert">{t('cannotShare')}</p>}
      {link !== undefined && (
        <>
          <div className="field">
            <label className="field-label" htmlFor={linkId}>
              <span>{t('link')}</span>
              <span className="field-hint">{t('linkLength', { count: link.length })}</span>
            </label>
            <textarea
              id={linkId}
              className="outside-link"
              readOnly
              value={link}
              onFocus={(event) => event.target.select()}
            />
          </div>
          <QrCode text={link} />
        </>
      )}
    </Dialog>
  );
}
