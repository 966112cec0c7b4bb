// Turns types into the compact form of the generated chunks, which structure-chunk.ts documents and reads.

import { requiredByServer } from './required.mjs';

/** Types that hold whatever they are given. Source: their MarshalJSON and UnmarshalJSON in apimachinery and apiextensions, 1.36. */
const ANY = /\.(RawExtension|FieldsV1|JSON|JSONSchemaPropsOrArray|JSONSchemaPropsOrBool|JSONSchemaPropsOrStringArray)$/;
const LEAVES = { 'resource.Quantity': 'q', 'intstr.IntOrString': 'x', 'meta/v1.Time': 't', 'meta/v1.MicroTime': 'u' };
/** Every object has them, or it would not be known as one; where a kind stands inside another, they may be missing. */
const TYPE_META = new Set(['apiVersion', 'kind']);
const INTEGERS = { int32: 'i', int64: 'l' };
const STRINGS = { byte: 'y', 'date-time': 't' };
const BOUND_KEYS = {
  minimum: 'min',
  maximum: 'max',
  minLength: 'minL',
  maxLength: 'maxL',
  pattern: 'pat',
  minItems: 'minI',
  maxItems: 'maxI',
  minProperties: 'minP',
  maxProperties: 'maxP',
};

/**
 * @param {Map<string, import('./read-declarations.mjs').Type>} types
 * @param {Map<string, import('./read-validators.mjs').Constraints>} validators
 * @param {Record<string, Record<string, object>>} marks by type id and field
 * @returns {Map<string, {encoded: object, refs: Set<string>, isKind: boolean, descriptions: object}>} by type id
 */
export function encodeTypes(types, validators, marks) {
  const result = new Map();
  const marksOf = findMarks(types, marks);
  for (const [alias, type] of types) {
    if (isLeaf(type)) continue;
    const refs = new Set();
    const context = { types, validators, refs };
    const { properties, required, descriptions } = withParents(alias, types, validators);
    const encoded = { p: {} };
    for (const [name, { node, constraints }] of Object.entries(properties)) {
      const mark = marksOf(type.id, name) ?? {};
      encoded.p[name] = withMarks(encodeNode(node, constraints, context), mark);
      checkFormat(`${type.id}.${name}`, encoded.p[name], mark.format);
    }
    const held = requiredByServer(type.id, required).filter((name) => !(type.isKind && TYPE_META.has(name)));
    if (held.length > 0) encoded.r = held;
    if (marksOf(type.id, '$')?.mapType === 'atomic') encoded.m = 'a';
    if (type.isKind) encoded.k = 1;
    result.set(type.id, {
      encoded,
      refs,
      isKind: type.isKind,
      descriptions: { type: type.description, fields: descriptions },
    });
  }
  return result;
}

const isLeaf = (type) => type.node !== undefined || LEAVES[type.id] !== undefined || ANY.test(type.id);

/** Own and inherited fields; an inherited one keeps its parent's constraints. */
function withParents(alias, types, validators) {
  const type = types.get(alias);
  const own = validators.get(alias)?.properties ?? {};
  const merged = { properties: {}, required: [], descriptions: {} };
  for (const parent of type.parents) {
    const inherited = withParents(parent, types, validators);
    Object.assign(merged.properties, inherited.properties);
    Object.assign(merged.descriptions, inherited.descriptions);
    merged.required.push(...inherited.required);
  }
  for (const [name, node] of Object.entries(type.properties))
    merged.properties[name] = { node, constraints: own[name] ?? {} };
  Object.assign(merged.descriptions, type.descriptions);
  merged.required = [...new Set([...merged.required, ...type.required])];
  return merged;
}

/** Types older than 1.36 have no marks of their own: they take those of the newest type of the same name. */
function findMarks(types, marks) {
  const byName = new Map();
  for (const id of Object.keys(marks)) byName.set(id.slice(id.lastIndexOf('.') + 1), id);
  const pinned = new Set(Object.keys(marks).map((id) => id.slice(0, id.lastIndexOf('.'))));
  return (id, field) => {
    if (marks[id] !== undefined || pinned.has(id.slice(0, id.lastIndexOf('.')))) return marks[id]?.[field];
    return marks[byName.get(id.slice(id.lastIndexOf('.') + 1))]?.[field];
  };
}

function encodeNode(node, constraints, context) {
  if (node.type === 'ref') return encodeRef(node.alias, constraints, context);
  if (node.type === 'array' || node.type === 'map') {
    const inner = encodeNode(node.items, constraints.items ?? {}, context);
    const sign = node.type === 'array' ? '[' : '{';
    const encoded = typeof inner === 'string' ? sign + inner : { t: sign, of: inner };
    return withBounds(encoded, constraints.bounds);
  }
  if (node.type === 'string') {
    const encoded = STRINGS[constraints.format] ?? 's';
    return withBounds(node.enum === undefined ? encoded : { t: encoded, e: node.enum }, constraints.bounds);
  }
  if (node.type === 'number') {
    const integer = constraints.type === 'integer' || INTEGERS[constraints.format] !== undefined;
    return withBounds(integer ? (INTEGERS[constraints.format] ?? 'I') : 'd', constraints.bounds);
  }
  if (node.type === 'boolean') return 'b';
  if (node.type === 'any') return '*';
  throw new Error(`no encoding for ${JSON.stringify(node)}`);
}

function encodeRef(alias, constraints, context) {
  const type = context.types.get(alias);
  if (type === undefined) throw new Error(`a declaration refers to ${alias}, which no file declares`);
  const leaf = LEAVES[type.id] ?? (ANY.test(type.id) ? '*' : undefined);
  if (leaf !== undefined) return leaf;
  // A name for a string, number or union is written out where it is used, with its own bounds and those of the place.
  if (type.node !== undefined) {
    const encoded = encodeNode(type.node, context.validators.get(alias) ?? {}, context);
    return withBounds(encoded, constraints.bounds);
  }
  const target = type.isInline ? (kindLike(type, context.types) ?? type) : type;
  context.refs.add(target.id);
  return `@${target.id}`;
}

/** A kind inside another (StatefulSet's claim templates) is written out in its declaration: the kind with the same parts. */
function kindLike(inline, types) {
  const refs = (type) =>
    Object.entries(type.properties)
      .map(([name, node]) => `${name} ${node.alias}`)
      .sort()
      .join();
  const wanted = refs(inline);
  return [...types.values()].find((type) => type.isKind && refs(type) === wanted);
}

function asObject(encoded) {
  return typeof encoded === 'string' ? { t: encoded } : encoded;
}

function withBounds(encoded, bounds) {
  if (bounds === undefined) return encoded;
  const result = { ...asObject(encoded) };
  for (const [name, value] of Object.entries(bounds)) result[BOUND_KEYS[name]] ??= value;
  return result;
}

function withMarks(encoded, { listType, listMapKeys, mapType, patchStrategy, patchMergeKey, default: byDefault }) {
  const marks = {
    l: listType?.[0],
    ks: listMapKeys,
    m: mapType === 'atomic' ? 'a' : undefined,
    ps: patchStrategy,
    pk: patchMergeKey,
    df: byDefault,
  };
  const present = Object.entries(marks).filter(([, value]) => value !== undefined);
  return present.length === 0 ? encoded : { ...asObject(encoded), ...Object.fromEntries(present) };
}

/** The two sources must not differ on formats; they are pinned, so this speaks only when a pin is changed. */
function checkFormat(where, encoded, format) {
  if (format === undefined) return;
  const letter = INTEGERS[format] ?? STRINGS[format] ?? 'd';
  if (asObject(encoded).t !== letter)
    throw new Error(`${where}: OpenAPI says ${format}, kubernetes-models ${JSON.stringify(encoded)}`);
}
