import {
  Download,
  FileUp,
  FolderUp,
  Keyboard,
  Languages,
  Monitor,
  Moon,
  Play,
  Plus,
  Redo2,
  Sun,
  Trash2,
  Undo2,
  Upload,
} from 'lucide-react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../kit/button.tsx';
import { MenuButton } from '../kit/menu.tsx';
import { visibleText } from '../kit/visible-text.ts';
import { modified } from './hotkeys.ts';
import { sentence, useText } from './i18n.ts';
import { pickFiles } from './importing/pick-files.ts';
import { openDialog, page, usePage } from './page-state.ts';
import { changeSettings, settings, THEMES } from './settings.ts';
import { useSimulation } from './simulation/simulation-context.ts';
import { useWorkspace, useWorkspaceState } from './workspace-context.ts';

export function TopBar() {
  const t = useText();
  const workspace = useWorkspace();
  const hasFiles = useWorkspaceState(({ design }) => design.files.size > 0);
  return (
    <header className="top-bar">
      <h1 className="brand">
        <img src="./drydock.svg" alt="" />
        <span className="wide-label">{t('shell:name')}</span>
      </h1>
      <DesignTitle />
      <span className="grow" />
      <div className="top-actions" role="toolbar" aria-label={t('shell:tools')}>
        <RehearseButton />
        <UndoButtons />
        <span className="bar-line" />
        <Button look="plain" onPress={() => openDialog({ type: 'add' })}>
          <Plus size={16} aria-hidden />
          <span className="wide-label">{t('shell:add')}</span>
        </Button>
        <MenuButton
          label={t('shell:import')}
          entries={[
            {
              id: 'files',
              label: t('shell:openFiles'),
              icon: <FileUp size={16} />,
              onAction: () => pickFiles(workspace, 'files'),
            },
            {
              id: 'folder',
              label: t('shell:openFolder'),
              icon: <FolderUp size={16} />,
              onAction: () => pickFiles(workspace, 'folder'),
            },
            {
              id: 'clear',
              label: t('shell:clear'),
              icon: <Trash2 size={16} />,
              danger: true,
              disabled: !hasFiles,
              onAction: () => workspace.clear(),
            },
          ]}
        >
          <Upload size={16} aria-hidden />
          <span className="wide-label">{t('shell:import')}</span>
        </MenuButton>
        <Button look="primary" disabled={!hasFiles} onPress={() => openDialog({ type: 'export' })}>
          <Download size={16} aria-hidden />
          <span className="wide-label">{t('shell:export')}</span>
        </Button>
        <PageButtons />
      </div>
    </header>
  );
}

/** From the design to its rehearsal, and back. */
function RehearseButton() {
  const t = useText();
  const workspace = useWorkspace();
  const simulation = useSimulation();
  const mode = usePage((state) => state.mode);
  const hasObjects = useWorkspaceState(({ design }) => design.records.size > 0);
  if (mode === 'simulation') return null;
  return (
    <Button
      disabled={!hasObjects}
      onPress={() => {
        page.setState({ mode: 'simulation' });
        if (simulation.store.getState().status !== 'idle') return;
        page.setState({ simulated: workspace.store.getState().design });
        simulation.start(workspace.exportFiles({ layout: 'keep' }), { seed: 1, workers: 3 });
      }}
    >
      <Play size={16} aria-hidden />
      <span className="wide-label">{t('simulation:rehearse')}</span>
    </Button>
  );
}

function DesignTitle() {
  const t = useText();
  const files = useWorkspaceState(({ design }) => design.files);
  const objects = useWorkspaceState(({ design }) => design.records.size);
  const pending = useWorkspaceState((state) => state.pending);
  if (files.size === 0) return null;
  const [first] = files.keys();
  return (
    <p className="design-title wide-only">
      <span className="bar-line" />
      <b>{files.size === 1 ? visibleText(first ?? '') : t('shell:files', { count: files.size })}</b>
      {' · '}
      {t('shell:objects', { count: objects })}
      {pending && ` · ${t('shell:pending')}`}
    </p>
  );
}

function UndoButtons() {
  const t = useText();
  const workspace = useWorkspace();
  const { undo, redo } = useWorkspaceState((state) => state.history);
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

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

function PageButtons() {
  const t = useText();
  const { language, theme } = useStore(settings);
  const nextTheme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  const Icon = THEME_ICONS[theme];
  return (
    <>
      <IconButton
        label={t('shell:otherLanguage')}
        icon={<Languages size={16} />}
        onPress={() => changeSettings({ language: language === 'en' ? 'zh-CN' : 'en' })}
      />
      <IconButton
        label={t('shell:theme', { theme: t(`shell:theme.${theme}`), next: t(`shell:theme.${nextTheme}`) })}
        icon={<Icon size={16} />}
        onPress={() => changeSettings({ theme: nextTheme })}
      />
      <IconButton
        label={t('shell:keys')}
        hotkey="?"
        icon={<Keyboard size={16} />}
        onPress={() => openDialog({ type: 'keys' })}
      />
    </>
  );
}
