import * as fc from 'fast-check';
import { beforeAll, describe, it } from 'vitest';
import { parseGroupKind } from '../../src/apimachinery/group-version-kind.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { KINDS_WITH_STRATEGIES, preloadStrategies } from '../../src/kinds/strategies.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../../src/openapi/built-in-schemas.ts';
import { brokenObject } from '../support/broken-objects.ts';
import { judgeBroken, lookAtDesign } from '../support/judge-everything.ts';

const kinds = KINDS_WITH_STRATEGIES.map((name) => [name, BUILT_IN_KINDS.get(parseGroupKind(name))] as const);

beforeAll(async () => {
  await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
});

/** `npm run fuzz` runs the same for longer. */
describe('one to three changes of a new object to anything', () => {
  it.each(kinds)('%s: no verdict, check, lint or admission plugin throws', (_, definition) => {
    const fresh = definition.newObject('fresh', 'shop');
    fc.assert(
      fc.property(brokenObject(fresh), (object) => judgeBroken(object, fresh)),
      { numRuns: 40 },
    );
    fc.assert(
      fc.property(brokenObject(fresh), (object) => lookAtDesign([fresh, object])),
      { numRuns: 5 },
    );
  });
});
