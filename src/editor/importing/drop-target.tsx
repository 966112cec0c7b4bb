import { useEffect, useState } from 'react';
import { isTyping } from '../hotkeys.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import { showToast } from '../../kit/toasts.ts';
import type { Shelf } from '../../workspace/saving/shelf.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { page } from '../page-state.ts';
import { refusalText } from '../run-command.ts';
import { useShelf } from '../shelf-context.ts';
import { useWorkspace } from '../workspace-context.ts';
import { foreignIn } from './foreign.ts';
import { bringIn, filesOfDrop, importAll } from './read-files.ts';

/** Takes files, folders and YAML text dropped anywhere, and YAML pasted onto the page. */
export function DropTarget() {
  const t = useText();
  const workspace = useWorkspace();
  const shelf = useShelf();
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth++;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (hasFiles(event) && --depth <= 0) setOver(false);
    };
    const dragOver = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      void filesOfDrop(event.dataTransfer).then(({ found, folder }) => importAll(shelf, found, folder));
    };
    const paste = (event: ClipboardEvent) => {
      if (isTyping(event) || page.getState().dialog || !event.clipboardData) return;
      const files = [...event.clipboardData.files].map((file) => ({ path: file.name, file }));
      const text = event.clipboardData.getData('text/plain');
      if (files.length > 0) void importAll(shelf, files, false);
      else if (text.trim() !== '') takeText(workspace, shelf, text, t);
      else return;
      event.preventDefault();
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: dragOver, drop, paste } as const;
    for (const [type, listener] of Object.entries(listeners)) window.addEventListener(type, listener as EventListener);
    return () => {
      for (const [type, listener] of Object.entries(listeners))
        window.removeEventListener(type, listener as EventListener);
    };
  }, [workspace, shelf, t]);
  return over ? <div className="drop-hint">{t('importing:dropHere')}</div> : null;
}

/** More than this is read off the main thread, as a file. Signs. */
const MOST_PASTED = 200_000;

/** Text is pasted beside what is there, under names that are free; the first text, and what holds no object, becomes a file. */
function takeText(workspace: Workspace, shelf: Shelf, text: string, t: Text): void {
  const { files } = workspace.store.getState().design;
  const isFirst = files.size === 0;
  const pasted = [{ path: pastedPath(files), content: text }];
  // What kubectl printed of a cluster is looked at before it comes in.
  if (foreignIn(pasted)) return bringIn(shelf, pasted);
  if (!isFirst && text.length <= MOST_PASTED) {
    const refusal = workspace.run(COMMANDS.pasteManifest, { text });
    if (!refusal) return;
    if (refusal.refused !== 'command.nothingToPaste') return showToast({ text: refusalText(t, refusal), tone: 'bad' });
  }
  shelf.bring(pasted);
}

function pastedPath(files: ReadonlyMap<string, unknown>): string {
  for (let number = 1; ; number++) {
    const path = number === 1 ? 'pasted.yaml' : `pasted-${number}.yaml`;
    if (!files.has(path)) return path;
  }
}
