import { arrayAt, stringAt } from '../../base/json.ts';
import type { Edit } from '../../manifest/edit.ts';
import { fixOf } from '../fixes/one-edit.ts';
import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';

/** An environment variable that a container sets twice. */
export const duplicateEnvVar: Lint = {
  id: 'duplicate-env-var',
  group: 'hygiene',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'duplicate-env-var',
  find: perContainer(({ container }) => {
    const seen = new Map<string, number>();
    return arrayAt(container, 'env').flatMap((variable, index) => {
      const name = stringAt(variable, 'name') ?? '';
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return count === 2 ? [{ at: ['env', index, 'name'], params: { name } }] : [];
    });
  }),
  fix: ({ record, field, params }, { design }) => {
    const path = field.slice(0, -2);
    const env = arrayAt(design.records.get(record)?.object, ...path);
    const same = env.flatMap((variable, index) => (stringAt(variable, 'name') === params['name'] ? [index] : []));
    // Another variable may be made of the earlier value.
    const isUsed = JSON.stringify(env.slice(0, same.at(-1))).includes(`$(${String(params['name'])})`);
    if (same.length < 2 || isUsed) return [];
    const earlier = same.slice(0, -1).reverse();
    return [
      fixOf(
        'removeEarlier',
        { name: String(params['name']) },
        record,
        ...earlier.map((index): Edit => ({ op: 'delete', path: [...path, index] })),
      ),
    ];
  },
};
