import { Ellipsis, GitFork } from 'lucide-react';
import { useState } from 'react';
import { Choice } from '../../../kit/choice.tsx';
import { MenuButton } from '../../../kit/menu.tsx';
import { useText } from '../../i18n.ts';
import { useSimulation, useSimulationState } from '../simulation-context.ts';
import { branchName } from './branch-name.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { NameDialog } from './name-dialog.tsx';

/** The branches of the run: which is shown, what each is called, and one beside another. */
export function BranchBar() {
  const t = useText();
  const simulation = useSimulation();
  const branches = useSimulationState((state) => state.branches);
  const branch = useSimulationState((state) => state.branch);
  const [dialog, setDialog] = useState<'name' | 'compare' | undefined>();
  const kept = branches.flatMap((state, at) => (state.isDeleted ? [] : [{ state, at }]));
  if (kept.length < 2) return null;
  return (
    <span className="sim-branches">
      <GitFork size={14} aria-hidden />
      <Choice
        label={t('simulation:branch')}
        labelHidden
        value={String(branch)}
        options={kept.map(({ state, at }) => ({ id: String(at), label: branchName(t, state, at) }))}
        onChange={(id) => simulation.showBranch(Number(id))}
      />
      <MenuButton
        label={t('rehearsal:branchMenu')}
        className="button-quiet button-icon button-small"
        entries={[
          { id: 'compare', label: t('rehearsal:compare'), onAction: () => setDialog('compare') },
          { id: 'name', label: t('rehearsal:nameBranch'), onAction: () => setDialog('name') },
          {
            id: 'delete',
            label: t('rehearsal:deleteBranch'),
            danger: true,
            disabled: branch === 0,
            onAction: () => simulation.deleteBranch(branch),
          },
        ]}
      >
        <Ellipsis size={16} aria-hidden />
      </MenuButton>
      {dialog === 'compare' && <CompareDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'name' && <NameDialog branch={branch} onClose={() => setDialog(undefined)} />}
    </span>
  );
}
