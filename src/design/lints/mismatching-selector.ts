import { matchesLabels } from '../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perWorkload } from './spots.ts';
import { workloadSelector } from './workload.ts';

/** A workload whose selector does not match its own template; the API server refuses it and the check of selectors says it. */
export const mismatchingSelector: Lint = {
  id: 'mismatching-selector',
  group: 'reliability',
  severity: 'warning',
  defaultOn: false,
  kubeLinter: 'mismatching-selector',
  find: perWorkload((workload) => {
    const found = workloadSelector(workload);
    if (!found) return NO_SPOTS;
    const { selector, field } = found;
    // Jobs get their selector from the server.
    if (isNothing(selector)) return workload.record.object.apiVersion.startsWith('batch/') ? NO_SPOTS : [{ at: field }];
    return matchesLabels(selector, workload.template.labels) ? NO_SPOTS : [{ at: field }];
  }),
};

function isNothing(selector: LabelSelector): boolean {
  return !selector.invalid && selector.requirements.length === 0;
}
