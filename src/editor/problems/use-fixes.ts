import { useEffect, useState } from 'react';
import type { Fix } from '../../design/fixes/fix.ts';
import type { Problem } from '../../design/problem.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { useWorkspace } from '../workspace-context.ts';

/** Whether there is a fix, by problem; what was found once is not looked for again. */
const known = new WeakMap<Problem, boolean>();
/** Rows that wait for an answer; one is answered at a time, while the page has nothing else to do. */
const waiting = new Map<Problem, { readonly workspace: Workspace; readonly tell: (found: boolean) => void }>();
let running = false;

export async function fixesOf(workspace: Workspace, problem: Problem): Promise<readonly Fix[]> {
  const { findFixes } = await import('./fix-finder.ts');
  return findFixes(problem, () => workspace.store.getState());
}

/** Whether something can be done about a problem; false until that is known. */
export function useHasFix(problem: Problem): boolean {
  const workspace = useWorkspace();
  const [found, setFound] = useState<Problem | undefined>(undefined);
  useEffect(() => {
    if (known.has(problem)) return undefined;
    waiting.set(problem, { workspace, tell: (is) => is && setFound(problem) });
    if (!running) void answerWaiting();
    return () => void waiting.delete(problem);
  }, [problem, workspace]);
  return known.get(problem) ?? found === problem;
}

async function answerWaiting(): Promise<void> {
  running = true;
  try {
    for (let next = waiting.entries().next().value; next; next = waiting.entries().next().value) {
      const [problem, { workspace, tell }] = next;
      waiting.delete(problem);
      await idle();
      const found = (await fixesOf(workspace, problem)).length > 0;
      known.set(problem, found);
      tell(found);
    }
  } finally {
    running = false;
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 16);
  });
}
