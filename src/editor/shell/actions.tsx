import {
  BookA,
  BookOpenCheck,
  CopyPlus,
  Download,
  FilePlus2,
  FileUp,
  FolderInput,
  FlaskConical,
  FolderUp,
  GitCompareArrows,
  GraduationCap,
  History,
  Image,
  Keyboard,
  Languages,
  LayoutTemplate,
  Link,
  ListChecks,
  ListTodo,
  ToggleLeft,
  PackagePlus,
  Pencil,
  Play,
  Plus,
  Redo2,
  Settings2,
  Spline,
  SunMoon,
  Trash2,
  Undo2,
  WandSparkles,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { COMMANDS } from '../../design/commands/index.ts';
import type { Shelf } from '../../workspace/saving/shelf.ts';
import type { Simulation } from '../../workspace/simulation/simulation.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isPod } from '../connecting/put-into.ts';
import { askToDelete } from '../dialogs/ask-to-delete.ts';
import { modified } from '../hotkeys.ts';
import type { Text } from '../i18n.ts';
import { pickFiles } from '../importing/pick-files.ts';
import { openDialog } from '../page-state.ts';
import { runCommand } from '../run-command.ts';
import { changeSettings, settings } from '../settings.ts';
import { nextTheme } from './panes.ts';
import { rehearse } from './rehearse.ts';

/** What an action works on. */
export interface Around {
  readonly workspace: Workspace;
  readonly shelf: Shelf;
  readonly simulation: Simulation;
  readonly t: Text;
}

/** One thing that can be done from anywhere: in the command palette, in a menu, by key. */
export interface Action {
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly hotkey?: string;
  /** Not offered where it could do nothing. */
  readonly enabled: boolean;
  readonly run: () => void;
}

/** Everything that can be done now. */
export function actionsOf({ workspace, shelf, simulation, t }: Around): readonly Action[] {
  const { design, selection, history } = workspace.store.getState();
  const records = [...selection];
  const isTaken = (path: string): boolean => design.files.has(path);
  const [first] = records;
  const one = records.length === 1 ? first : undefined;
  const hasObjects = design.records.size > 0;
  const theme = settings.getState().theme;
  return [
    { id: 'new', title: t('files:new'), icon: FilePlus2, enabled: true, run: () => void shelf.begin('', []) },
    {
      id: 'templates',
      title: t('files:templates'),
      icon: LayoutTemplate,
      enabled: true,
      run: () => openDialog({ type: 'templates' }),
    },
    {
      id: 'designs',
      title: t('files:recent'),
      icon: History,
      enabled: true,
      run: () => openDialog({ type: 'designs' }),
    },
    {
      id: 'openFiles',
      title: t('files:openFiles'),
      icon: FileUp,
      enabled: true,
      run: () => pickFiles(shelf, 'files', isTaken),
    },
    {
      id: 'openFolder',
      title: t('files:openFolder'),
      icon: FolderUp,
      enabled: true,
      run: () => pickFiles(shelf, 'folder', isTaken),
    },
    {
      id: 'export',
      title: t('shell:export'),
      icon: Download,
      hotkey: modified('S'),
      enabled: hasObjects,
      run: () => openDialog({ type: 'export' }),
    },
    {
      id: 'picture',
      title: t('files:savePicture'),
      icon: Image,
      enabled: hasObjects,
      run: () => openDialog({ type: 'picture' }),
    },
    {
      id: 'compare',
      title: t('files:compare'),
      icon: GitCompareArrows,
      enabled: hasObjects,
      run: () => openDialog({ type: 'compare' }),
    },
    {
      id: 'share',
      title: t('files:share'),
      icon: Link,
      enabled: hasObjects,
      run: () => openDialog({ type: 'share' }),
    },
    {
      id: 'rehearse',
      title: t('simulation:rehearse'),
      icon: Play,
      enabled: hasObjects,
      run: () => rehearse(workspace, simulation),
    },
    {
      id: 'experiment',
      title: t('experiment:title'),
      icon: FlaskConical,
      enabled: hasObjects,
      run: () => openDialog({ type: 'experiment' }),
    },
    {
      id: 'undo',
      title: t('shell:undo'),
      icon: Undo2,
      hotkey: modified('Z'),
      enabled: history.undo !== undefined,
      run: () => workspace.undo(),
    },
    {
      id: 'redo',
      title: t('shell:redo'),
      icon: Redo2,
      hotkey: modified('Y'),
      enabled: history.redo !== undefined,
      run: () => workspace.redo(),
    },
    { id: 'add', title: t('dialogs:addTitle'), icon: Plus, enabled: true, run: () => openDialog({ type: 'add' }) },
    {
      id: 'rename',
      title: t('commands:rename'),
      icon: Pencil,
      hotkey: 'F2',
      enabled: one !== undefined,
      run: () => one !== undefined && openDialog({ type: 'rename', record: one }),
    },
    {
      id: 'connect',
      title: t('shell:connect'),
      icon: Spline,
      enabled: one !== undefined,
      run: () => one !== undefined && openDialog({ type: 'connectTo', source: one }),
    },
    {
      id: 'duplicate',
      title: t('commands:duplicate'),
      icon: CopyPlus,
      hotkey: modified('D'),
      enabled: records.length > 0,
      run: () => void runCommand(workspace, COMMANDS.duplicateRecords, { records }, t),
    },
    {
      id: 'move',
      title: t('commands:move'),
      icon: FolderInput,
      enabled: records.length > 0,
      run: () => openDialog({ type: 'move', records }),
    },
    {
      id: 'putInto',
      title: t('dialogs:putIntoMenu'),
      icon: PackagePlus,
      enabled: one !== undefined && isPod(workspace.store.getState(), one),
      run: () => one !== undefined && openDialog({ type: 'putInto', source: { record: one } }),
    },
    {
      id: 'delete',
      title: t('commands:delete'),
      icon: Trash2,
      hotkey: 'Delete',
      enabled: records.length > 0,
      run: () => askToDelete(workspace, records, t),
    },
    {
      id: 'selectAll',
      title: t('keys:selectAll'),
      icon: ListChecks,
      hotkey: modified('A'),
      enabled: hasObjects,
      run: () => workspace.select([...design.records.keys()]),
    },
    { id: 'tidy', title: t('canvas:tidy'), icon: WandSparkles, enabled: hasObjects, run: () => workspace.tidy() },
    {
      id: 'clear',
      title: t('shell:clear'),
      icon: Trash2,
      enabled: design.files.size > 0,
      run: () => workspace.clear(),
    },
    {
      id: 'lints',
      title: t('problems:lints'),
      icon: Settings2,
      enabled: true,
      run: () => openDialog({ type: 'lints' }),
    },
    {
      id: 'lessons',
      title: t('classroom:lessons'),
      icon: GraduationCap,
      enabled: true,
      run: () => openDialog({ type: 'lessons' }),
    },
    {
      id: 'glossary',
      title: t('glossary:title'),
      icon: BookA,
      enabled: true,
      run: () => openDialog({ type: 'glossary', at: { tab: 'cards' } }),
    },
    {
      id: 'notes today',
      title: t('glossary:notes'),
      icon: BookOpenCheck,
      enabled: true,
      run: () => openDialog({ type: 'glossary', at: { tab: 'notes' } }),
    },
    {
      id: 'checklist',
      title: t('glossary:checklist'),
      icon: ListTodo,
      enabled: true,
      run: () => openDialog({ type: 'glossary', at: { tab: 'checklist' } }),
    },
    {
      id: 'feature gates',
      title: t('glossary:gates'),
      icon: ToggleLeft,
      enabled: true,
      run: () => openDialog({ type: 'glossary', at: { tab: 'gates' } }),
    },
    {
      id: 'language',
      title: t('shell:otherLanguage'),
      icon: Languages,
      enabled: true,
      run: () => changeSettings({ language: settings.getState().language === 'en' ? 'zh-CN' : 'en' }),
    },
    {
      id: 'theme',
      title: t('shell:nextTheme', { theme: t(`shell:theme.${nextTheme(theme)}`) }),
      icon: SunMoon,
      enabled: true,
      run: () => changeSettings({ theme: nextTheme(theme) }),
    },
    {
      id: 'keys',
      title: t('shell:keys'),
      icon: Keyboard,
      hotkey: '?',
      enabled: true,
      run: () => openDialog({ type: 'keys' }),
    },
  ];
}
