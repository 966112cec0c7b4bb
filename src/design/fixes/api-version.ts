import type { KubernetesObject } from '../../apimachinery/object.ts';
import { formatApiVersion, groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { judge } from '../../kinds/judge.ts';
import { resourceVersionOf } from '../../openapi/resource.ts';
import { judgeContextOf } from '../validity.ts';
import type { Fixer } from './fix.ts';
import { fixOf } from './one-edit.ts';

/** An old apiVersion, where the object is as good under the new one: nothing has to be written differently. */
export const apiVersionMeant: Fixer = {
  problems: ['apiVersion.removed', 'apiVersion.deprecated'],
  fixes({ record }, { design, registry }) {
    const object = design.records.get(record)?.object;
    const replacement = object && resourceVersionOf(groupVersionKindOf(object))?.replacement;
    if (!object || !replacement || replacement.kind !== object.kind) return [];
    const apiVersion = formatApiVersion(replacement.group, replacement.version);
    const after: KubernetesObject = { ...object, apiVersion };
    if (judge(after, judgeContextOf(design, registry)).valid !== true) return [];
    return [fixOf('useApiVersion', { apiVersion }, record, { op: 'set', path: ['apiVersion'], value: apiVersion })];
  },
};
