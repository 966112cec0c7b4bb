import { compareStrings } from '../../base/compare.ts';
import { isJsonObject } from '../../base/json.ts';
import type { JsonValue, Path, PathStep } from '../../base/json.ts';
import { unsortedMaps } from '../../manifest/unsorted-maps.ts';
import type { DesignRecord } from '../design.ts';
import type { Lint, LintContext } from './lint.ts';
import { perRecord } from './spots.ts';

/** Maps whose keys do not stand in alphabetical order. */
export const sortedKeys: Lint = {
  id: 'sorted-keys',
  group: 'hygiene',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'sorted-keys',
  find: (context) => unsortedKeys(true)(context),
};

/** The maps of objects whose keys do not stand in order, or only the objects themselves. */
export function unsortedKeys(isRecursive: boolean): Lint['find'] {
  return perRecord((record, context) =>
    unsortedIn(record, context)
      .filter(({ length }) => isRecursive || length === 0)
      .map((at) => ({ at })),
  );
}

/** Text that may hold an anchor, an alias or a merge: the object then has keys that do not stand there. */
const MAY_SHARE = /(?:^|[\s:[{,-])[&*]\S|<</m;

/** Read from the object where it has its keys in the order of the text, which is fast; from the text otherwise. */
function unsortedIn(record: DesignRecord, context: LintContext): readonly Path[] {
  const { text, format, problems } = context.document(record);
  const found: Path[] = [];
  const repeats = problems.some(({ id }) => id === 'manifest.duplicateKey');
  const isInOrder = !repeats && !MAY_SHARE.test(text) && walk(record.object, [], found);
  return isInOrder ? found : unsortedMaps(text, format, record.path);
}

/** Whether all keys stand in the order of the text: those that look like list indexes come first in every object. */
function walk(value: JsonValue | undefined, path: PathStep[], found: Path[]): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const keys = isJsonObject(value) ? Object.keys(value) : value.keys();
  if (isJsonObject(value) && !readKeys(Object.keys(value), path, found)) return false;
  for (const key of keys) {
    path.push(key);
    if (!walk((value as Readonly<Record<PathStep, JsonValue>>)[key], path, found)) return false;
    path.pop();
  }
  return true;
}

function readKeys(keys: readonly string[], path: readonly PathStep[], found: Path[]): boolean {
  if (keys.length > 1 && keys.some((key) => /^[0-9]/.test(key))) return false;
  if (keys.some((key, index) => index > 0 && compareStrings(keys[index - 1]!, key) > 0)) found.push([...path]);
  return true;
}
