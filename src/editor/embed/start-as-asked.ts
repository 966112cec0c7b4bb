import { CARRIED_ID } from '../../interchange/scorm/carried-id.ts';
import { readFragment } from '../../interchange/share/share-link.ts';
import { openDialog } from '../page-state.ts';
import { leaveKeysToParent } from './leave-keys.ts';
import { openEmbedLine } from './embed-line.ts';
import { openLessonOf } from './open-lesson.ts';
import type { PageOptions } from './page-options.ts';

/** What was tried beside the lesson. */
function branchOfAddress(): string | undefined {
  return new URLSearchParams(location.search).get('branch') ?? undefined;
}

/** Shows what the address asks for: a lesson, or in a frame the design of the fragment. */
export async function startAsAsked(
  options: PageOptions,
  fragment: string,
  parts: Parameters<typeof openLessonOf>[1],
): Promise<void> {
  if (options.isEmbedded) {
    if (!options.keys) leaveKeysToParent();
    openEmbedLine(parts.workspace);
  }
  if (document.getElementById(CARRIED_ID) !== null)
    return (await import('../classroom/handing-out/open-carried.ts')).openCarried(parts);
  if (options.lesson !== undefined)
    return openLessonOf({ ...options, lesson: options.lesson, branch: branchOfAddress() }, parts);
  if (fragment === '') return;
  const shared = await readFragment(fragment);
  if (shared.ok) parts.workspace.open(shared.files);
  // Locked, or broken: it says which, and asks for the password.
  else openDialog({ type: 'shared', fragment });
}
