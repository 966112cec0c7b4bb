// Reads data/optional-types-1.36.json into the same form as the declarations and validators of kubernetes-models.
import { typeIdOfDefinition } from './type-id.mjs';

/**
 * Adds the types to both maps, under their names in the definitions.
 * @param {Record<string, any>} definitions
 * @param {Map<string, import('./read-declarations.mjs').Type>} types
 * @param {Map<string, import('./read-validators.mjs').Constraints>} validators
 */
export function addDefinitions(definitions, types, validators) {
  const aliases = new Map([...types].map(([alias, type]) => [type.id, alias]));
  for (const name of Object.keys(definitions)) aliases.set(typeIdOfDefinition(name), name);
  for (const [name, definition] of Object.entries(definitions)) {
    const fields = Object.entries(definition.properties);
    types.set(name, {
      id: typeIdOfDefinition(name),
      isInline: false,
      isKind: definition.kind === true,
      description: definition.description ?? '',
      parents: [],
      properties: Object.fromEntries(fields.map(([field, property]) => [field, nodeOf(property, aliases)])),
      descriptions: Object.fromEntries(fields.map(([field, property]) => [field, property.description ?? ''])),
      required: definition.required ?? [],
    });
    validators.set(name, {
      properties: Object.fromEntries(fields.map(([field, property]) => [field, constraintsOf(property)])),
    });
  }
}

function nodeOf(property, aliases) {
  if (property.$ref !== undefined) return { type: 'ref', alias: aliases.get(typeIdOfDefinition(property.$ref)) };
  switch (property.type) {
    case 'array':
      return { type: 'array', items: nodeOf(property.items, aliases) };
    case 'object':
      return property.additionalProperties === undefined
        ? { type: 'any' }
        : { type: 'map', items: nodeOf(property.additionalProperties, aliases) };
    case 'integer':
    case 'number':
      return { type: 'number' };
    default:
      return { type: property.type };
  }
}

function constraintsOf(property) {
  const inner = property.items ?? property.additionalProperties;
  return {
    type: property.type === 'integer' ? 'integer' : undefined,
    format: property.format,
    items: inner && constraintsOf(inner),
  };
}
