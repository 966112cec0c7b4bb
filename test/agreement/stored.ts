import type { JsonObject, JsonValue } from '../../src/base/json.ts';
import { isJsonObject } from '../../src/base/json.ts';
import { isAllocated, withoutAdmission } from './admission.ts';

/** Written by the server at a create, different each time. */
const MADE = ['uid', 'creationTimestamp', 'resourceVersion', 'selfLink', 'generation', 'managedFields', 'namespace'];

type Same = (ours: JsonValue | undefined, theirs: JsonValue | undefined) => boolean;

/**
 * The places where the object that we would store differs from the one that the server stored, one line each. `exact` is
 * for a server of the pinned release; of others, what Go prints for empty values is no difference.
 */
export function storedDifferences(ours: JsonObject, theirs: JsonObject, how?: 'exact'): readonly string[] {
  const lines: string[] = [];
  const same: Same = how === 'exact' ? sameExactly : sameButForNothing;
  compare(withoutAdmission(bare(ours)), withoutAdmission(bare(theirs)), '', lines, same);
  return lines;
}

function bare(object: JsonObject): JsonObject {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const entries = Object.entries(metadata).filter(([name]) => !MADE.includes(name));
  return { ...object, metadata: Object.fromEntries(entries), status: undefined };
}

function compare(
  ours: JsonValue | undefined,
  theirs: JsonValue | undefined,
  path: string,
  lines: string[],
  same: Same,
): void {
  if (isJsonObject(ours) && isJsonObject(theirs)) {
    for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)]))
      compare(ours[name], theirs[name], path === '' ? name : `${path}.${name}`, lines, same);
  } else if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
    (ours as readonly JsonValue[]).forEach((item, index) =>
      compare(item, (theirs as readonly JsonValue[])[index], `${path}[${index}]`, lines, same),
    );
  } else if (!same(ours, theirs) && !isAllocated(path, ours)) {
    lines.push(`${path}: ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}`);
  }
}

function sameExactly(ours: JsonValue | undefined, theirs: JsonValue | undefined): boolean {
  return JSON.stringify(ours) === JSON.stringify(theirs);
}

function sameButForNothing(ours: JsonValue | undefined, theirs: JsonValue | undefined): boolean {
  if (isNothing(ours) && isNothing(theirs)) return true;
  // Go leaves the zero values of most fields out when it prints.
  if (theirs === undefined && (ours === 0 || ours === false)) return true;
  return JSON.stringify(ours) === JSON.stringify(theirs);
}

/** What Go prints for a struct that holds nothing, and what clients leave out. */
function isNothing(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.values(value).every((entry) => isNothing(entry));
}
