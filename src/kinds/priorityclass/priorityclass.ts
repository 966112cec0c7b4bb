import { booleanAt, stringAt, valueAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';

export const priorityClass: KindDefinition = {
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  resource: 'priorityclasses',
  shortNames: ['pc'],
  scope: 'Cluster',
  category: 'cluster',
  olderVersions: [
    { group: 'scheduling.k8s.io', version: 'v1alpha1' },
    { group: 'scheduling.k8s.io', version: 'v1beta1' },
  ],
  newObject: (name) => ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value: 1000 }),
  references: () => [],
  summary: (object) => {
    const value = valueAt(object, 'value');
    const words = [
      booleanAt(object, 'globalDefault') === true ? 'globalDefault' : undefined,
      stringAt(object, 'preemptionPolicy') === 'Never' ? 'preemptionPolicy Never' : undefined,
    ].filter((word) => word !== undefined);
    return {
      // The server reads a missing value as 0.
      fact: typeof value === 'number' || typeof value === 'bigint' ? String(value) : '0',
      ...(words.length === 0 ? {} : { detail: words.join(' · ') }),
    };
  },
  fields: ['value', 'globalDefault', 'preemptionPolicy', 'description'],
};
