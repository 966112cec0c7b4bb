import type { JsonValue, PathStep } from '../base/json.ts';
import { jsonEqual } from '../base/json.ts';
import type { Schema } from './schema.ts';
import { checkBounds, duplicateItem } from './structure-bounds.ts';
import type { ExpectedType, StructureError, StructureProblem } from './structure-error.ts';
import { scalarProblem } from './structure-scalars.ts';

/** Deeper than any schema is, but for those that hold themselves. Source: kube-openapi and Go's JSON give up at 10,000. */
const MAX_DEPTH = 500;
/** A file of nonsense gives a list that a person can still read. */
const MAX_ERRORS = 200;

interface Walk {
  readonly path: PathStep[];
  readonly errors: StructureError[];
  /** Inside a status that the server will drop. */
  inStatus: boolean;
}

const NO_ERRORS: readonly StructureError[] = Object.freeze([]);

/**
 * Compares an object with its schema as an API server does that decodes strictly: unknown fields, wrong types, missing
 * and unsupported values, in the order of the object's fields. Total: any value may come in. At most 200 errors.
 */
export function validateStructure(object: unknown, schema: Schema): readonly StructureError[] {
  const walk: Walk = { path: [], errors: [], inStatus: false };
  checkValue(object as JsonValue | undefined, schema, walk);
  return walk.errors.length === 0 ? NO_ERRORS : walk.errors;
}

function report(walk: Walk, problem: StructureProblem): void {
  if (walk.inStatus && problem.reason !== 'unknownField' && problem.reason !== 'type') return;
  if (walk.errors.length < MAX_ERRORS) walk.errors.push({ path: [...walk.path], ...problem });
}

function reportType(walk: Walk, schema: Schema, expected: ExpectedType, value: JsonValue): void {
  report(walk, { reason: schema.judgedBy === 'go' ? 'type' : 'FieldValueTypeInvalid', expected, value });
}

function checkValue(value: JsonValue | undefined, schema: Schema, walk: Walk): void {
  if (value === undefined || schema.type === 'any') return;
  if (value === null) {
    if (!schema.nullable) reportType(walk, schema, expectedOf(schema), value);
    return;
  }
  if (schema.type === 'object') {
    if (typeof value !== 'object' || Array.isArray(value)) return reportType(walk, schema, 'object', value);
    checkObject(value as Readonly<Record<string, JsonValue | undefined>>, schema, walk);
  } else if (schema.type === 'array') {
    if (!Array.isArray(value)) return reportType(walk, schema, 'array', value);
    checkList(value as readonly JsonValue[], schema, walk);
  } else {
    const expected = scalarProblem(value, schema);
    if (expected !== undefined) return reportType(walk, schema, expected, value);
  }
  if (schema.enum !== undefined) checkEnum(value, schema, schema.enum, walk);
  if (schema.bounds !== undefined) {
    checkBounds(value, schema.bounds, (reason, rule, limit) => report(walk, { reason, rule, limit, value }));
  }
}

function expectedOf(schema: Schema): ExpectedType {
  return schema.type === 'any' ? 'object' : schema.type;
}

function checkEnum(value: JsonValue, schema: Schema, supported: readonly JsonValue[], walk: Walk): void {
  if (value === '' && schema.emptyMeansUnset) return;
  if (supported.includes(value) || (typeof value === 'object' && supported.some((other) => jsonEqual(other, value))))
    return;
  report(walk, { reason: 'FieldValueNotSupported', value, supported });
}

function checkObject(object: Readonly<Record<string, JsonValue | undefined>>, schema: Schema, walk: Walk): void {
  const { path } = walk;
  if (path.length >= MAX_DEPTH) {
    report(walk, { reason: 'FieldValueInvalid', rule: 'depth', limit: MAX_DEPTH, value: null });
    return;
  }
  const { properties, values } = schema;
  const depth = path.length;
  for (const name of Object.keys(object)) {
    const field = properties.get(name) ?? values;
    path[depth] = name;
    if (depth === 0 && schema.ignoresStatus) walk.inStatus = name === 'status';
    if (field !== undefined) checkValue(object[name], field, walk);
    else if (!schema.preservesUnknownFields && object[name] !== undefined) report(walk, { reason: 'unknownField' });
  }
  if (depth === 0) walk.inStatus = false;
  for (const name of schema.required) {
    const missing =
      !Object.hasOwn(object, name) ||
      object[name] === undefined ||
      (object[name] === null && properties.get(name)?.nullable !== false);
    if (!missing) continue;
    path[depth] = name;
    report(walk, { reason: 'FieldValueRequired' });
  }
  path.length = depth;
}

function checkList(list: readonly JsonValue[], schema: Schema, walk: Walk): void {
  const { path } = walk;
  const depth = path.length;
  if (schema.items !== undefined) {
    for (let index = 0; index < list.length; index++) {
      path[depth] = index;
      checkValue(list[index], schema.items, walk);
    }
  }
  // The lists of built-in types are compared by hand-written validation, which some of them escape.
  if (schema.judgedBy === 'openapi' && schema.listType !== undefined) {
    const duplicate = duplicateItem(list, schema);
    path[depth] = duplicate;
    const value = list[duplicate];
    if (value !== undefined)
      report(walk, { reason: 'FieldValueDuplicate', rule: 'listType', limit: schema.listType, value });
  }
  path.length = depth;
}
