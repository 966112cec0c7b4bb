import { useState } from 'react';
import { Button } from '../../../kit/button.tsx';
import { isComposing } from '../../../kit/composition.ts';
import { Dialog } from '../../../kit/dialog.tsx';
import { useText } from '../../i18n.ts';
import { useSimulation } from '../simulation-context.ts';

/** Calls a branch by a name of somebody's own; an empty one gives it back the name that it began with. */
export function NameDialog({ branch, onClose }: { readonly branch: number; readonly onClose: () => void }) {
  const t = useText();
  const simulation = useSimulation();
  const [name, setName] = useState(simulation.store.getState().branches[branch]?.title ?? '');
  const commit = (): void => {
    simulation.renameBranch(branch, name);
    onClose();
  };
  return (
    <Dialog
      title={t('rehearsal:nameBranch')}
      closeLabel={t('rehearsal:close')}
      onClose={onClose}
      footer={
        <Button look="primary" onPress={commit}>
          {t('rehearsal:nameIt')}
        </Button>
      }
    >
      <label className="field">
        <span className="field-label">{t('rehearsal:branchName')}</span>
        <input
          className="input"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this field
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && !isComposing(event.nativeEvent) && commit()}
        />
      </label>
    </Dialog>
  );
}
