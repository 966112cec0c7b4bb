import { Download, GraduationCap, Play, Redo2, Search, Undo2 } from 'lucide-react';
import '../installing/keep-offline.ts';
import { Button, IconButton } from '../../kit/button.tsx';
import { modified } from '../hotkeys.ts';
import { sentence, useText } from '../i18n.ts';
import { openDialog, usePage } from '../page-state.ts';
import { PictureSwitch } from '../picture-switch.tsx';
import { NetworkButton } from '../simulation/network/network-button.tsx';
import { useSimulation, useSimulationState } from '../simulation/simulation-context.ts';
import type { WorkspaceState } from '../../workspace/workspace.ts';
import { useWorkspace, useWorkspaceState, useWorkspaceStateSoon } from '../workspace-context.ts';
import { DesignTitle } from './design-title.tsx';
import { FileMenu } from './file-menu.tsx';
import { PageButtons } from './page-buttons.tsx';
import { rehearse } from './rehearse.ts';

/** The bar along the top: which design, what it is kept as, and what is done with all of it. */
export default function TopBar() {
  const t = useText();
  const hasFiles = useWorkspaceState(({ design }) => design.files.size > 0);
  return (
    <header className="top-bar">
      <h1 className="brand">
        <img src="./drydock.svg" alt="" />
        <span className="wide-label">{t('shell:name')}</span>
      </h1>
      <FileMenu />
      <DesignTitle />
      <span className="grow" />
      <PictureSwitch />
      <span className="grow" />
      <div className="top-actions" role="toolbar" aria-label={t('shell:tools')}>
        <UndoButtons />
        <SearchButton />
        <RehearseButton />
        <IconButton
          label={t('classroom:lessons')}
          icon={<GraduationCap size={16} />}
          onPress={() => openDialog({ type: 'lessons' })}
        />
        <Button disabled={!hasFiles} onPress={() => openDialog({ type: 'export' })}>
          <Download size={16} aria-hidden />
          <span className="wide-label">{t('shell:export')}</span>
        </Button>
        <PageButtons />
      </div>
    </header>
  );
}

/** Looks like a field, opens the command palette. */
function SearchButton() {
  const t = useText();
  return (
    <Button className="search-button" onPress={() => openDialog({ type: 'commands' })}>
      <Search size={14} aria-hidden />
      <span className="search-button-words">{t('shell:searchOrRun')}</span>
      <kbd className="key" aria-hidden>
        {modified('K')}
      </kbd>
    </Button>
  );
}

/** From the design to its rehearsal, and back. */
function RehearseButton() {
  const t = useText();
  const workspace = useWorkspace();
  const simulation = useSimulation();
  const mode = usePage((state) => state.mode);
  const hasObjects = useWorkspaceState(({ design }) => design.records.size > 0);
  // A run that has begun has its network already.
  const isIdle = useSimulationState(({ status }) => status === 'idle');
  if (mode === 'simulation') return null;
  return (
    <>
      <Button look="primary" disabled={!hasObjects} onPress={() => rehearse(workspace, simulation)}>
        <Play size={16} aria-hidden />
        <span className="wide-label">{t('simulation:rehearse')}</span>
      </Button>
      {isIdle && hasObjects && <NetworkButton />}
    </>
  );
}

const historyOf = ({ history }: WorkspaceState): WorkspaceState['history'] => history;

function UndoButtons() {
  const t = useText();
  const workspace = useWorkspace();
  const { undo, redo } = useWorkspaceStateSoon(historyOf);
  const label = (verb: string, step: typeof undo) =>
    step ? `${verb}: ${sentence(t, 'commands', step.id, step.params)}` : verb;
  return (
    <>
      <IconButton
        label={label(t('shell:undo'), undo)}
        hotkey={modified('Z')}
        icon={<Undo2 size={16} />}
        disabled={!undo}
        onPress={() => workspace.undo()}
      />
      <IconButton
        label={label(t('shell:redo'), redo)}
        hotkey={modified('Y')}
        icon={<Redo2 size={16} />}
        disabled={!redo}
        onPress={() => workspace.redo()}
      />
    </>
  );
}
