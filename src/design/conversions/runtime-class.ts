import { objectAt } from '../../base/json.ts';
import { withoutValue } from './change-object.ts';
import type { Conversion } from './conversion.ts';

/** RuntimeClasses of v1alpha1 have a spec around their fields. Source: pkg/apis/node/v1alpha1/conversion.go, 1.36. */
export const runtimeClass: Conversion = {
  from: [{ group: 'node.k8s.io', version: 'v1alpha1', kind: 'RuntimeClass' }],
  to: { group: 'node.k8s.io', version: 'v1', kind: 'RuntimeClass' },
  convert(object) {
    const { runtimeHandler: handler, overhead, scheduling } = objectAt(object, 'spec') ?? {};
    const fields = Object.entries({ handler, overhead, scheduling }).filter(([, value]) => value !== undefined);
    return { object: { ...withoutValue(object, ['spec']), ...Object.fromEntries(fields) } };
  },
};
