/**
 * Long fuzz of everything that judges an object: `npx vitest run --config test/fuzz/vitest.config.ts broken-objects`.
 * FUZZ_RUNS says how many objects a kind (default 2,000), FUZZ_SEED where to begin.
 */
import * as fc from 'fast-check';
import { beforeAll, it } from 'vitest';
import { parseGroupKind } from '../../src/apimachinery/group-version-kind.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { KINDS_WITH_STRATEGIES, preloadStrategies } from '../../src/kinds/strategies.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../../src/openapi/built-in-schemas.ts';
import { brokenObject } from '../support/broken-objects.ts';
import { judgeBroken, lookAtDesign } from '../support/judge-everything.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 2_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);

beforeAll(async () => {
  await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
});

it.each(KINDS_WITH_STRATEGIES)('%s: nothing that judges it throws', { timeout: 3_600_000 }, (name) => {
  const fresh = BUILT_IN_KINDS.get(parseGroupKind(name)).newObject('fresh', 'shop');
  fc.assert(
    fc.property(brokenObject(fresh), (object) => {
      judgeBroken(object, fresh);
      lookAtDesign([fresh, object]);
    }),
    { numRuns, seed },
  );
});
