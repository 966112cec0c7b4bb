import { annotationsOf } from '../../apimachinery/object.ts';
import { numberAt, objectAt, valueAt } from '../../base/json.ts';
import { withoutValue, withValue } from './change-object.ts';
import type { Conversion } from './conversion.ts';

/** Says of v1beta3 that a share of 0 is meant; v1 takes every number as meant. */
const ZERO_IS_MEANT = 'flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares';
const SHARES = 'nominalConcurrencyShares';
const OLD_SHARES = 'assuredConcurrencyShares';

/**
 * Priority levels of the betas: shares have another name, and 0 stood for the default of 30.
 * Source: pkg/apis/flowcontrol/{v1beta1,v1beta2,v1beta3}/{conversion,defaults}.go, 1.36.
 */
export const priorityLevelConfiguration: Conversion = {
  from: ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1'].map((version) => ({
    group: 'flowcontrol.apiserver.k8s.io',
    version,
    kind: 'PriorityLevelConfiguration',
  })),
  to: { group: 'flowcontrol.apiserver.k8s.io', version: 'v1', kind: 'PriorityLevelConfiguration' },
  convert(object) {
    const limited = ['spec', 'limited'];
    const isOldName = !object.apiVersion.endsWith('/v1beta3');
    const isMeant = !isOldName && annotationsOf(object).has(ZERO_IS_MEANT);
    const bare = withoutValue(object, ['metadata', 'annotations', ZERO_IS_MEANT]);
    if (objectAt(object, ...limited) === undefined) return { object: bare };
    const name = isOldName ? OLD_SHARES : SHARES;
    const shares = valueAt(object, ...limited, name);
    if (shares === undefined) return { object: bare };
    const meant = numberAt(object, ...limited, name) === 0 && !isMeant ? 30 : shares;
    return {
      object: withValue(withoutValue(bare, [...limited, name]), [...limited, SHARES], meant),
      renames: isOldName ? [{ path: [...limited, OLD_SHARES], key: SHARES }] : [],
      notes: meant === shares ? [] : [{ id: 'defaultsWritten', params: { fields: `spec.limited.${SHARES}` } }],
    };
  },
};
