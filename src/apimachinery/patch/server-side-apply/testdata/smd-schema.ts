import { asArray, isJsonObject, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { anySchema, listSchema, mapSchema, scalarSchema, structSchema } from '../../patch-schema.ts';
import type { PatchSchema } from '../../patch-schema.ts';

/** Reads a schema as structured-merge-diff writes it (schema/elements.go); types refer to each other by name. */
export function smdSchema(types: JsonValue): (typeName: string) => PatchSchema {
  const atoms = new Map(asArray(types).map((type) => [stringAt(type, 'name') ?? '', type]));
  const known = new Map<string, PatchSchema>();

  function named(name: string, relationship = ''): PatchSchema {
    const id = `${name} ${relationship}`;
    const found = known.get(id) ?? ofAtom(atoms.get(name) ?? null, relationship);
    known.set(id, found);
    return found;
  }

  function ofReference(reference: JsonValue | undefined): PatchSchema {
    const name = stringAt(reference, 'namedType');
    const relationship = stringAt(reference, 'elementRelationship');
    return name === undefined ? ofAtom(reference ?? null, relationship) : named(name, relationship);
  }

  function ofAtom(atom: JsonValue, relationship = ''): PatchSchema {
    const [map, list, scalar] = [objectAt(atom, 'map'), objectAt(atom, 'list'), stringAt(atom, 'scalar')];
    const ownRelationship = relationship || stringAt(map ?? list, 'elementRelationship') || '';
    if (map && list && scalar) return anySchema(ownRelationship === 'atomic' ? 'atomic' : 'granular');
    if (map) return ofMap(map, ownRelationship === 'atomic' ? 'atomic' : 'granular');
    if (list) return ofList(list, ownRelationship);
    return scalarSchema(scalar as PatchSchema['scalarType']);
  }

  function ofMap(map: JsonValue, mapType: 'atomic' | 'granular'): PatchSchema {
    const values = valueAt(map, 'elementType');
    const fields = asArray(valueAt(map, 'fields'));
    if (fields.length === 0 && values !== undefined) {
      // A map may hold values of its own type, so they are looked up when they are asked for.
      const schema: PatchSchema = { ...mapSchema(scalarSchema(), { mapType }), field: () => ofReference(values) };
      return schema;
    }
    const extensions = values === undefined ? { mapType } : { mapType, unknownFields: ofReference(values) };
    return structSchema(() => Object.fromEntries(fields.map((field) => [stringAt(field, 'name') ?? '', ofField(field)])), extensions);
  }

  function ofField(field: JsonValue): PatchSchema {
    const type = ofReference(valueAt(field, 'type'));
    const value = isJsonObject(field) ? field['default'] : undefined;
    return value === undefined ? type : { ...type, default: value };
  }

  function ofList(list: JsonValue, relationship: string): PatchSchema {
    const listMapKeys = asArray(valueAt(list, 'keys')).map(String);
    const associative = listMapKeys.length > 0 ? 'map' : 'set';
    const listType = relationship === 'associative' ? associative : 'atomic';
    return { ...listSchema(scalarSchema(), { listType, listMapKeys }), items: () => ofReference(valueAt(list, 'elementType')) };
  }

  return (typeName) => named(typeName);
}
