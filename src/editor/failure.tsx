import { downloadDesign } from './exporting/download.ts';
import { useText } from './i18n.ts';
import { useWorkspace } from './workspace-context.ts';

/** Stands in place of a pane that failed: what happened, and a way to save the work. Loads nothing. */
export function PaneFailure({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  const t = useText();
  const workspace = useWorkspace();
  return (
    <div className="failure" role="alert">
      <h2>{t('shell:failureTitle')}</h2>
      <p>{t('shell:failureText')}</p>
      <pre>{error.stack ?? error.message}</pre>
      <div className="empty-actions">
        <button type="button" className="button button-plain" onClick={retry}>
          {t('shell:tryAgain')}
        </button>
        <button type="button" className="button button-primary" onClick={() => downloadDesign(workspace, 'keep')}>
          {t('shell:saveWork')}
        </button>
      </div>
    </div>
  );
}
