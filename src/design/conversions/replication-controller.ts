import { objectAt } from '../../base/json.ts';
import { withoutValue, withValue } from './change-object.ts';
import type { Conversion } from './conversion.ts';

/** A ReplicationController as the Deployment that does the same, and rolls out changes besides. */
export const replicationController: Conversion = {
  from: [{ group: '', version: 'v1', kind: 'ReplicationController' }],
  to: { group: 'apps', version: 'v1', kind: 'Deployment' },
  convert(object) {
    const labels = objectAt(object, 'spec', 'template', 'metadata', 'labels');
    const written = objectAt(object, 'spec', 'selector');
    const selector = written !== undefined && Object.keys(written).length > 0 ? written : labels;
    if (selector === undefined) return undefined;
    const notes = [
      { id: 'rollingUpdates' as const, params: {} },
      ...(selector === written ? [] : [{ id: 'selectorFromLabels' as const, params: {} }]),
    ];
    return {
      object: withValue(withoutValue(object, ['status']), ['spec', 'selector'], { matchLabels: selector }),
      notes,
    };
  },
};
