import { objectAt, valueAt } from '../../base/json.ts';
import { validateLabelValue } from '../../apimachinery/label-names.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import { setValue } from '../fixes/one-edit.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perWorkload } from './spots.ts';

/** Workloads without the recommended label of their application. */
export const recommendedLabels: Lint = {
  id: 'recommended-labels',
  group: 'hygiene',
  severity: 'info',
  defaultOn: true,
  find: perWorkload(({ record: { object } }) =>
    labelsOf(object).has(LABEL) ? NO_SPOTS : [{ at: ['metadata', 'labels', LABEL] }],
  ),
  fix: ({ record, field }, { design }) => {
    const object = design.records.get(record)?.object;
    const name = object && (labelsOf(object).get('app') || nameOf(object));
    // Labels of a Pod decide who selects it.
    const isPod = object !== undefined && objectAt(object, 'spec', 'containers') !== undefined;
    return name &&
      validateLabelValue(name).length === 0 &&
      !isPod &&
      !Array.isArray(valueAt(object, 'spec', 'containers'))
      ? [setValue(record, field, name)]
      : [];
  },
};

const LABEL = 'app.kubernetes.io/name';
