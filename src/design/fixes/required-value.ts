import { validateDns1123Label } from '../../apimachinery/names.ts';
import { arrayAt, nameAt, valueAt } from '../../base/json.ts';
import type { JsonValue, Path } from '../../base/json.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Fixer } from './fix.ts';
import { setValue } from './one-edit.ts';

/** A required field that is missing and that nearly everybody fills in the same way. */
export const requiredValue: Fixer = {
  problems: ['object.invalid'],
  fixes({ record, field, params }, { design }) {
    const object = design.records.get(record)?.object;
    if (!object || params['reason'] !== 'FieldValueRequired') return [];
    const path = field.map((step) => (typeof step === 'number' ? '*' : step)).join('.');
    const usual = USUAL.find(([pattern]) => pattern.test(path))?.[1](object, field);
    return usual === undefined ? [] : [setValue(record, field, usual)];
  },
};

type Usual = (object: KubernetesObject, field: Path) => JsonValue | undefined;

const USUAL: readonly (readonly [field: RegExp, value: Usual])[] = [
  [/(?:^|\.)(?:initC|c)ontainers\.\*\.name$/, nameFromImage],
  [/^spec\.rules\.\*\.http\.paths\.\*\.pathType$/, () => 'Prefix'],
  [/^spec(?:\.volumeClaimTemplates\.\*\.spec)?\.accessModes$/, () => ['ReadWriteOnce']],
];

/** `ghcr.io/acme/web_app:1.4` makes `web-app`, unless another container has that name. */
function nameFromImage(object: KubernetesObject, field: Path): string | undefined {
  const image = nameAt(object, ...field.slice(0, -1), 'image') ?? '';
  const word = /([^/:@]+)(?::[^/@]*)?(?:@.*)?$/.exec(image)?.[1] ?? '';
  const name = word
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const spec = valueAt(object, ...field.slice(0, -3));
  const taken = ['initContainers', 'containers'].flatMap((list) =>
    arrayAt(spec, list).map((one) => nameAt(one, 'name')),
  );
  return validateDns1123Label(name).length > 0 || taken.includes(name) ? undefined : name;
}
