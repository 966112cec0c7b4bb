import { arrayAt, asName, nameAt, objectAt, valueAt } from '../../base/json.ts';
import { nearestWord } from '../../base/nearest-word.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Fixer } from './fix.ts';
import { fixOf, setValue } from './one-edit.ts';

/** A reference to an object that is not here, while one of nearly that name is. */
export const targetMeant: Fixer = {
  problems: ['reference.missing'],
  fixes({ record, field, params }, { design, registry }) {
    const own = design.records.get(record);
    const written = valueAt(own?.object, ...field);
    if (!own || written !== params['name']) return [];
    const namespace = params['namespace'] === '' ? own.namespace : params['namespace'];
    const names = [...design.records.values()]
      .filter(
        (other) => other.object.kind === params['kind'] && (other.namespace === '' || other.namespace === namespace),
      )
      .filter((other) => registry.find({ group: groupOf(other.object.apiVersion), kind: other.object.kind }))
      .map(({ object }) => nameOf(object));
    const meant = nearestWord(String(written), names);
    return meant === undefined
      ? []
      : [fixOf('pointTo', { name: meant }, record, { op: 'set', path: field, value: meant })];
  },
};

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** A reference to an entry that a ConfigMap or Secret does not hold, while it holds one of nearly that name. */
export const keyMeant: Fixer = {
  problems: ['reference.keyMissing'],
  fixes({ record, field, params, related }, { design, registry }) {
    const target = design.records.get(related?.[0] ?? '')?.object;
    const path = [...field.slice(0, -1), 'key'];
    if (!target || valueAt(design.records.get(record)?.object, ...path) !== params['key']) return [];
    const meant = nearestWord(String(params['key']), registry.of(target).keys?.(target) ?? []);
    return meant === undefined ? [] : [setValue(record, path, meant)];
  },
};

/** A mount of a volume that the Pod does not have, while a volume of nearly that name is mounted nowhere. */
export const volumeMeant: Fixer = {
  problems: ['volumeMount.volumeMissing'],
  fixes({ record, field, params }, { design }) {
    const object = design.records.get(record)?.object;
    const spec = objectAt(object, ...field.slice(0, -5));
    const volumes = arrayAt(spec, 'volumes').flatMap((volume) => nameAt(volume, 'name') ?? []);
    const claims = arrayAt(object, 'spec', 'volumeClaimTemplates').flatMap(
      (claim) => nameAt(claim, 'metadata', 'name') ?? [],
    );
    const meant = nearestWord(asName(params['volume']) ?? '', [...volumes, ...claims]);
    return meant === undefined
      ? []
      : [fixOf('mountVolume', { volume: meant }, record, { op: 'set', path: field, value: meant })];
  },
};
