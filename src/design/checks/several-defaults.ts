import { annotationsOf, nameOf } from '../../apimachinery/object.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { Check } from './check.ts';

const DEFAULT_ANNOTATIONS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
  'ingressclass.kubernetes.io/is-default-class',
  'snapshot.storage.kubernetes.io/is-default-class',
];

/** More than one class of a kind says it is the default: the newest wins for storage, Ingress refuses to choose. */
export const severalDefaults: Check = {
  name: 'several-defaults',
  find({ design }) {
    const first = new Map<string, DesignRecord>();
    const problems: Problem[] = [];
    for (const record of design.records.values()) {
      const annotations = annotationsOf(record.object);
      const annotation = DEFAULT_ANNOTATIONS.find((name) => annotations.get(name) === 'true');
      if (annotation === undefined || record.namespace !== '') continue;
      const before = first.get(record.object.kind);
      if (!before) first.set(record.object.kind, record);
      else if (before.identity !== record.identity) {
        problems.push({
          id: 'class.severalDefaults',
          severity: 'warning',
          record: record.id,
          field: ['metadata', 'annotations', annotation],
          related: [before.id],
          params: { kind: record.object.kind, other: nameOf(before.object) },
        });
      }
    }
    return problems;
  },
};
