import { booleanAt, numberAt, objectAt } from '../../base/json.ts';
import { setValue } from '../fixes/one-edit.ts';
import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';
import type { Spot } from './spots.ts';

/** Containers that run as root, or may. */
export const runAsNonRoot: Lint = {
  id: 'run-as-non-root',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'run-as-non-root',
  find: perContainer(({ container }, { spec }) => {
    const [own, pod] = [objectAt(container, 'securityContext'), objectAt(spec, 'securityContext')];
    const effective = (key: string): number | undefined => numberAt(own, key) ?? numberAt(pod, key);
    const spots: Spot[] = [];
    if (effective('runAsGroup') === 0) spots.push({ at: ['securityContext', 'runAsGroup'] });
    const user = effective('runAsUser');
    if (user !== undefined && user > 0) return spots;
    const isNonRoot = booleanAt(own, 'runAsNonRoot') ?? booleanAt(pod, 'runAsNonRoot') ?? false;
    if (!isNonRoot) spots.push({ at: ['securityContext', 'runAsNonRoot'] });
    else if (user === 0) spots.push({ at: ['securityContext', 'runAsUser'] });
    return spots;
  }),
  fix: (problem, { design }) => {
    const { record, field } = problem;
    const object = design.records.get(record)?.object;
    const user =
      numberAt(object, ...field.slice(0, -1), 'runAsUser') ??
      numberAt(object, ...field.slice(0, -4), 'securityContext', 'runAsUser');
    return field.at(-1) === 'runAsNonRoot' && user === undefined ? [setValue(record, field, true)] : [];
  },
};
