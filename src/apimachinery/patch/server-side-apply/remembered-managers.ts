import { step } from '../../../base/json.ts';
import type { PatchSchema } from '../patch-schema.ts';
import type { Change } from './compare-typed.ts';
import type { Endpoint } from './endpoint.ts';
import type { FieldSet } from './field-set.ts';
import { toFieldsV1 } from './fields-v1.ts';
import type { Managers } from './managers.ts';
import type { TypedValue } from './typed-value.ts';

/*
 * Who owns what after a write depends on who owned what before and on which fields differ, not on their values. The objects
 * of a cluster go the same ways by the thousand (a Pod is made, bound, starts): each way is worked out once, and objects that
 * went it share one value.
 */

/** Who owns what after a write. */
export interface Ownership {
  readonly fields: Managers;
  /** Whether the writer owns anything of what differs. */
  readonly hasWritten: boolean;
}

/** Managers of an object that its maker alone has written. */
export function makersFields(set: FieldSet, identifier: string, apiVersion: string): Managers {
  const known = makers.get(set);
  if (known?.get(identifier)?.apiVersion === apiVersion) return known;
  const fields = new Map([[identifier, { set, apiVersion, applied: false }]]);
  makers.set(set, fields);
  return fields;
}

const makers = new WeakMap<FieldSet, Managers>();

/** The ownership after a write, remembered where nothing is to be converted to another version. */
export function rememberedOwnership(
  before: Managers,
  values: readonly TypedValue[],
  changes: readonly Change[],
  identifier: string,
  endpoint: Endpoint,
  workOut: () => Ownership,
): Ownership {
  const { apiVersion, schema, resetFields } = endpoint;
  for (const { value } of values) if (step(value, 'apiVersion') !== apiVersion) return workOut();
  for (const owned of before.values()) if (owned.apiVersion !== apiVersion) return workOut();
  const ways = waysFrom(before, schema);
  const reset = resetFields === undefined ? '' : JSON.stringify(toFieldsV1(resetFields));
  const way = [identifier, reset, ...changes.map(wordsOf)].join('\n');
  let found = ways.get(way);
  if (found === undefined) {
    found = settled(workOut(), before);
    if (ways.size < MOST_WAYS) ways.set(way, found);
  }
  return found;
}

/** A change as text that no other has. */
function wordsOf({ kind, path }: Change): string {
  let words: string = kind;
  for (const { id } of path) words += ` ${id.length}:${id}`;
  return words;
}

const remembered = new WeakMap<Managers, WeakMap<PatchSchema, Map<string, Ownership>>>();
const MOST_WAYS = 200;

function waysFrom(managers: Managers, schema: PatchSchema): Map<string, Ownership> {
  let bySchema = remembered.get(managers);
  if (bySchema === undefined) remembered.set(managers, (bySchema = new WeakMap()));
  let ways = bySchema.get(schema);
  if (ways === undefined) bySchema.set(schema, (ways = new Map()));
  return ways;
}

/** Where nothing has changed hands, the managers are those from before. */
function settled({ fields, hasWritten }: Ownership, before: Managers): Ownership {
  const isSame = fields.size === before.size && [...fields].every(([id, owned]) => before.get(id) === owned);
  return { fields: isSame ? before : fields, hasWritten };
}
