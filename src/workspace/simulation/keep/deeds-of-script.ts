import type { ScriptStep } from '../../../simulator/script/script.ts';
import type { Deed } from '../deed.ts';

/** The steps of a script as what is done to a run. */
export function deedsOf(steps: readonly ScriptStep[]): readonly Deed[] {
  return steps.map((step): Deed => {
    if (step.type !== 'apply') return step;
    return { atMs: step.atMs, type: 'lines', lines: [{ line: 'apply -f -', files: { '-': [step.object] } }] };
  });
}
