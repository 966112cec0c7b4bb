import { useEffect } from 'react';
import { COMMANDS } from '../design/commands/index.ts';
import { isComposing } from '../kit/composition.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { askToDelete } from './dialogs/ask-to-delete.ts';
import { hasModifier, isTyping } from './hotkeys.ts';
import { useText } from './i18n.ts';
import type { Text } from './i18n.ts';
import { openDialog, page } from './page-state.ts';
import { runCommand } from './run-command.ts';
import { useWorkspace } from './workspace-context.ts';

/** Keys that work anywhere on the page, unless something is being typed or a dialog is open. */
export function usePageKeys(): void {
  const workspace = useWorkspace();
  const t = useText();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event) || isComposing(event) || page.getState().dialog) return;
      const action = actionOf(event, workspace, t);
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [workspace, t]);
}

function actionOf(event: KeyboardEvent, workspace: Workspace, t: Text): (() => void) | undefined {
  const { design, selection } = workspace.store.getState();
  const records = [...selection];
  const key = event.key.toLowerCase();
  if (hasModifier(event)) {
    if (key === 'z') return event.shiftKey ? () => workspace.redo() : () => workspace.undo();
    if (event.shiftKey || event.altKey) return undefined;
    if (key === 'k') return () => openDialog({ type: 'commands' });
    if (key === 'y') return () => workspace.redo();
    if (key === 'a') return () => workspace.select([...design.records.keys()]);
    if (key === 'd') return () => runCommand(workspace, COMMANDS.duplicateRecords, { records }, t);
    if (key === 's') return () => openDialog({ type: 'export' });
    return undefined;
  }
  if (event.altKey) return undefined;
  if (key === 'delete' || key === 'backspace')
    return records.length > 0 ? () => askToDelete(workspace, records, t) : undefined;
  if (key === 'f2')
    return records[0] !== undefined ? () => openDialog({ type: 'rename', record: records[0]! }) : undefined;
  if (key === '?') return () => openDialog({ type: 'keys' });
  if (key === 'escape')
    return selection.size > 0 || page.getState().edge
      ? () => (page.setState({ edge: undefined }), workspace.select([]))
      : undefined;
  return undefined;
}
