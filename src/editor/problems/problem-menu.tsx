import { BellOff, ClipboardCopy, EyeOff, FileCode, Settings2, SquareArrowOutUpRight, SquarePen } from 'lucide-react';
import type { RefObject } from 'react';
import { nameOf } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import { IGNORE_ANNOTATION } from '../../design/lints/switches.ts';
import type { Problem } from '../../design/problem.ts';
import { MenuAt } from '../../kit/menu.tsx';
import type { MenuEntry } from '../../kit/menu.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { openDialog } from '../page-state.ts';
import { runCommand } from '../run-command.ts';
import { changeSettings, settings } from '../settings.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { goToField } from './go-to-problem.ts';
import { problemWords } from './problem-text.ts';

interface ProblemMenuProps {
  readonly problem: Problem;
  readonly anchor: RefObject<Element | null>;
  readonly onClose: () => void;
}

/** Everything that can be done with one problem. */
export function ProblemMenu({ problem, anchor, onClose }: ProblemMenuProps) {
  const t = useText();
  const workspace = useWorkspace();
  const records = useWorkspaceState(({ design }) => design.records);
  const { sentence, server } = problemWords(t, problem);
  const others = (problem.related ?? []).flatMap((id): MenuEntry[] => {
    const record = records.get(id);
    if (!record) return [];
    const name = `${record.object.kind}/${visibleText(nameOf(record.object))}`;
    return [
      {
        id: `other-${id}`,
        label: t('problems:goToOther', { name }),
        icon: <SquareArrowOutUpRight size={14} />,
        onAction: () => goToField(workspace, id, []),
      },
    ];
  });
  const lint = problem.id.startsWith('lint.') ? problem.id.slice('lint.'.length) : undefined;
  const entries: readonly MenuEntry[] = [
    {
      id: 'form',
      label: t('problems:goToForm'),
      icon: <SquarePen size={14} />,
      hotkey: 'Enter',
      onAction: () => goToField(workspace, problem.record, problem.field, 'form'),
    },
    {
      id: 'yaml',
      label: t('problems:goToYaml'),
      icon: <FileCode size={14} />,
      onAction: () => goToField(workspace, problem.record, problem.field, 'yaml'),
    },
    ...others,
    {
      id: 'copy',
      label: t('problems:copy'),
      icon: <ClipboardCopy size={14} />,
      // A browser that refuses the clipboard leaves the words on the screen, where they can be marked.
      onAction: () => void navigator.clipboard?.writeText(server ?? sentence).catch(() => undefined),
    },
    ...(lint === undefined ? [] : lintEntries(lint, problem, workspace, t)),
  ];
  return <MenuAt anchor={anchor} label={t('problems:menu')} entries={entries} onClose={onClose} />;
}

/** Good practice is a matter of choice: here for one object, there for all. */
function lintEntries(lint: string, problem: Problem, workspace: Workspace, t: Text): readonly MenuEntry[] {
  return [
    {
      id: 'ignore',
      label: t('problems:ignoreHere'),
      icon: <EyeOff size={14} />,
      onAction: () => ignoreFor(lint, problem, workspace, t),
    },
    {
      id: 'off',
      label: t('problems:turnOff'),
      icon: <BellOff size={14} />,
      onAction: () => {
        const { on, off } = settings.getState().lints;
        changeSettings({ lints: { on: on.filter((word) => word !== lint), off: [...off, lint] } });
      },
    },
    {
      id: 'lints',
      label: t('problems:lints'),
      icon: <Settings2 size={14} />,
      onAction: () => openDialog({ type: 'lints' }),
    },
  ];
}

/** Says in the object itself that a lint is not for it: the next reader, and the command line, see it too. */
function ignoreFor(lint: string, { record: id }: Problem, workspace: Workspace, t: Text): void {
  const record = workspace.store.getState().design.records.get(id);
  if (!record) return;
  const before = annotationsOf(record.object).get(IGNORE_ANNOTATION);
  const value = before === undefined || before === '' ? lint : `${before},${lint}`;
  const path = ['metadata', 'annotations', IGNORE_ANNOTATION];
  runCommand(workspace, COMMANDS.editField, { record: id, edits: [{ op: 'set', path, value }] }, t);
}
