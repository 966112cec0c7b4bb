import { useState } from 'react';
import { useWorkspaceState } from '../../workspace-context.ts';

/** The file that is shown: that of what is selected, until a person chooses another; the first where nothing is. */
export function useFollowedFile(): { readonly path: string | undefined; readonly choose: (path: string) => void } {
  const selection = useWorkspaceState((state) => state.selection);
  const files = useWorkspaceState(({ design }) => design.files);
  const [only] = selection;
  const selected = useWorkspaceState(({ design }) =>
    only !== undefined && selection.size === 1 ? design.records.get(only)?.file : undefined,
  );
  const [chosen, setChosen] = useState<string | undefined>(selected);
  const [seen, setSeen] = useState(only);
  if (seen !== only) {
    setSeen(only);
    if (selected !== undefined) setChosen(selected);
  }
  const first = [...files.values()].find(({ isOwn }) => !isOwn)?.path;
  return { path: chosen !== undefined && files.has(chosen) ? chosen : first, choose: setChosen };
}
