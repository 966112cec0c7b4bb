import { useEffect, useState } from 'react';
import type { DesignFile } from '../../../design/design.ts';
import type { TextMarkView } from '../../../kit/code-editor.tsx';
import { useText } from '../../i18n.ts';
import { useWorkspaceState } from '../../workspace-context.ts';
import { fileMarks } from './file-marks.ts';

const NO_MARKS: readonly TextMarkView[] = [];
/** A stretch of work after which a person may type again. */
const SLICE_MS = 8;

/**
 * The marks of a file, found a few documents at a time. While somebody types they stay as they are, and the editor moves
 * them along with the text.
 */
export function useFileMarks(
  file: DesignFile,
  { isCurrent, isRefused }: { readonly isCurrent: boolean; readonly isRefused: boolean },
): readonly TextMarkView[] {
  const t = useText();
  const design = useWorkspaceState((state) => state.design);
  const problems = useWorkspaceState((state) => state.problems);
  const [marks, setMarks] = useState(NO_MARKS);
  useEffect(() => {
    if (!isCurrent) return undefined;
    const steps = fileMarks(t, design, file, problems);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goOn = (): void => {
      const until = performance.now() + SLICE_MS;
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) return setMarks(step.value);
        if (performance.now() > until) break;
      }
      timer = setTimeout(goOn, 0);
    };
    goOn();
    return () => clearTimeout(timer);
  }, [t, design, file, problems, isCurrent]);
  return isRefused ? NO_MARKS : marks;
}
