import { ClipboardCopy, FileCode, SquarePen, SquareArrowOutUpRight } from 'lucide-react';
import type { RefObject } from 'react';
import { nameOf } from '../../apimachinery/object.ts';
import type { Problem } from '../../design/problem.ts';
import { MenuAt } from '../../kit/menu.tsx';
import type { MenuEntry } from '../../kit/menu.tsx';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
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
  ];
  return <MenuAt anchor={anchor} label={t('problems:menu')} entries={entries} onClose={onClose} />;
}
