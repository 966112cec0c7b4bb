import { arrayAt, booleanAt, objectAt, stringAt } from '../../base/json.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';

/** Environment variables from a Secret or ConfigMap, or a key of one, that is not here; the checks of references say it too. */
export const envValueFrom: Lint = {
  id: 'env-value-from',
  group: 'hygiene',
  severity: 'warning',
  defaultOn: false,
  kubeLinter: 'env-value-from',
  find: (context) => missingSources(() => false)(context),
};

/** Variables from a Secret or a ConfigMap that is not here, or has no such key; some names can be passed over. */
export function missingSources(isIgnored: (kind: 'Secret' | 'ConfigMap', name: string) => boolean): Lint['find'] {
  return (context) => {
    const keys = new Map<string, ReadonlySet<string>>();
    for (const [kind, fields] of Object.entries(DATA))
      for (const { object } of context.objects(kind, 'v1'))
        keys.set(
          `${kind} ${nameOf(object)}`,
          new Set(fields.flatMap((field) => Object.keys(objectAt(object, field) ?? {}))),
        );
    return perContainer(({ container }) =>
      arrayAt(container, 'env').flatMap((variable, index) =>
        SOURCES.flatMap(([source, kind]) => {
          const reference = objectAt(variable, 'valueFrom', source);
          if (!reference || booleanAt(reference, 'optional') === true) return [];
          const [name, key] = [stringAt(reference, 'name') ?? '', stringAt(reference, 'key') ?? ''];
          if (isIgnored(kind, name)) return [];
          const known = keys.get(`${kind} ${name}`);
          if (known?.has(key)) return [];
          const at = ['env', index, 'valueFrom', source, known ? 'key' : 'name'];
          return [{ at, params: { kind, name, key } }];
        }),
      ),
    )(context);
  };
}

const DATA = { Secret: ['data', 'stringData'], ConfigMap: ['data', 'binaryData'] } as const;
const SOURCES = [
  ['secretKeyRef', 'Secret'],
  ['configMapKeyRef', 'ConfigMap'],
] as const;
