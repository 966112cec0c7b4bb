import { CircleCheck, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { ProgressBar } from 'react-aria-components';
import { Button, IconButton } from '../../kit/button.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import type { ImportAccount, ImportState } from '../../workspace/workspace.ts';
import { sentence, useText } from '../i18n.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';

const MOST_SKIPPED = 200;

/** How an import goes and how it ended. It stays until it is closed: nothing is dropped in silence. */
export function ImportNotice() {
  const state = useWorkspaceState((workspace) => workspace.import);
  if (state.status === 'running') return <Running {...state} />;
  if (state.status === 'done') return <Account account={state.account} />;
  return null;
}

function Running({ filesDone, filesTotal, objects }: Extract<ImportState, { status: 'running' }>) {
  const t = useText();
  const workspace = useWorkspace();
  return (
    <div className="notice">
      <ProgressBar
        className="progress"
        aria-label={t('importing:running')}
        value={filesDone}
        maxValue={Math.max(1, filesTotal)}
      >
        {({ percentage }) => (
          <>
            <div className="notice-head">
              <b>{t('importing:progress', { done: filesDone, total: filesTotal, objects })}</b>
              <Button small onPress={() => workspace.cancelImport()}>
                {t('shell:cancel')}
              </Button>
            </div>
            <div className="progress-track">
              <div className="progress-fill" style={{ width: `${percentage ?? 0}%` }} />
            </div>
          </>
        )}
      </ProgressBar>
    </div>
  );
}

/** An account with nothing to look at goes away by itself; the counts stay in the title and under Files. */
const CLEAN_ACCOUNT_MS = 10_000;

function Account({ account }: { readonly account: ImportAccount }) {
  const workspace = useWorkspace();
  const clean = account.skipped.length === 0 && !account.cancelled;
  useEffect(() => {
    if (!clean) return undefined;
    const timer = setTimeout(() => workspace.dismissImport(), CLEAN_ACCOUNT_MS);
    return () => clearTimeout(timer);
  }, [clean, workspace]);
  return clean ? <CleanAccount account={account} /> : <AccountToRead account={account} />;
}

function Dismiss() {
  const t = useText();
  const workspace = useWorkspace();
  return <IconButton small label={t('shell:close')} icon={<X size={14} />} onPress={() => workspace.dismissImport()} />;
}

function CleanAccount({ account }: { readonly account: ImportAccount }) {
  const t = useText();
  return (
    <output className="notice notice-clean">
      <CircleCheck size={16} className="tone-good" aria-hidden />
      <b>{t('importing:done')}</b>
      <Counts account={account} />
      <Dismiss />
    </output>
  );
}

function AccountToRead({ account }: { readonly account: ImportAccount }) {
  const t = useText();
  const { skipped, cancelled } = account;
  return (
    <output className="notice">
      <div className="notice-head">
        <TriangleAlert size={16} className="tone-warn" aria-hidden />
        <b>{cancelled ? t('importing:cancelled') : t('importing:doneWithSkipped', { count: skipped.length })}</b>
        <Dismiss />
      </div>
      <Counts account={account} />
      {skipped.length > 0 && (
        <ul className="skipped">
          {skipped.slice(0, MOST_SKIPPED).map((part, at) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at}>
              <code>
                {visibleText(part.file)}:{part.line}:{part.column}
              </code>
              {sentence(t, 'manifest', part.id, part.params)}
            </li>
          ))}
          {skipped.length > MOST_SKIPPED && (
            <li>{t('importing:moreSkipped', { count: skipped.length - MOST_SKIPPED })}</li>
          )}
        </ul>
      )}
    </output>
  );
}

function Counts({ account }: { readonly account: ImportAccount }) {
  const t = useText();
  const seconds = (account.durationMs / 1000).toFixed(account.durationMs < 10_000 ? 2 : 0);
  return (
    <p className="counts">
      <span>{t('shell:files', { count: account.files })}</span>
      <span>{t('shell:objects', { count: account.objects })}</span>
      <span>{t('importing:kinds', { count: account.kinds })}</span>
      <span>{t('importing:references', { count: account.references })}</span>
      <span>{t('importing:duration', { seconds })}</span>
    </p>
  );
}
