import { useEffect, useEffectEvent } from 'react';
import { copiedText } from '../../../design/copied-text.ts';
import { deleteNow } from '../../dialogs/ask-to-delete.ts';
import { isTyping } from '../../hotkeys.ts';
import { useText } from '../../i18n.ts';
import { page } from '../../page-state.ts';
import { useWorkspace } from '../../workspace-context.ts';

/** Copy and cut put the selection onto the clipboard as YAML, unless text of the page is marked or something is typed. */
export function useClipboard(): void {
  const workspace = useWorkspace();
  const t = useText();
  const onCopy = useEffectEvent((event: ClipboardEvent) => {
    const { design, selection } = workspace.store.getState();
    const hasMarked = document.getSelection()?.isCollapsed === false;
    if (isTyping(event) || page.getState().dialog || selection.size === 0 || hasMarked || !event.clipboardData) return;
    event.clipboardData.setData('text/plain', copiedText(design, selection));
    event.preventDefault();
    if (event.type === 'cut') deleteNow(workspace, [...selection], t);
  });
  useEffect(() => {
    window.addEventListener('copy', onCopy);
    window.addEventListener('cut', onCopy);
    return () => {
      window.removeEventListener('copy', onCopy);
      window.removeEventListener('cut', onCopy);
    };
  }, []);
}
