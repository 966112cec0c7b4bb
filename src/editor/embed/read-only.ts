import type { Workspace } from '../../workspace/workspace.ts';

/** A workspace in which designs are opened and looked at, and none is changed. */
export function readOnly(workspace: Workspace): Workspace {
  const refusal = { refused: 'command.readOnly' } as const;
  const nothing = (): void => undefined;
  return {
    ...workspace,
    run: () => refusal,
    preview: () => refusal,
    undo: nothing,
    redo: nothing,
    importFiles: nothing,
    replaceFiles: nothing,
    clear: nothing,
    tidy: nothing,
  };
}
