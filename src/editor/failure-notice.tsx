import { X } from 'lucide-react';
import { Button, IconButton } from '../kit/button.tsx';
import { downloadDesign } from './exporting/download.ts';
import { useText } from './i18n.ts';
import { useWorkspace, useWorkspaceState } from './workspace-context.ts';

/** Something went wrong outside the page's own drawing: in a worker, in storage. */
export function FailureNotice() {
  const t = useText();
  const workspace = useWorkspace();
  const failure = useWorkspaceState((state) => state.failure);
  if (failure === undefined) return null;
  return (
    <div className="notice notice-bad" role="alert">
      <div className="notice-head">
        <b>{t('shell:failureTitle')}</b>
        <IconButton
          small
          label={t('shell:close')}
          icon={<X size={14} />}
          onPress={() => workspace.store.setState({ failure: undefined })}
        />
      </div>
      <p className="mono">{failure}</p>
      <div>
        <Button small onPress={() => downloadDesign(workspace, 'keep')}>
          {t('shell:saveWork')}
        </Button>
      </div>
    </div>
  );
}
