import { NO_CUSTOM_RESOURCES } from '../../kinds/custom-resources.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { preloadStrategies } from '../../kinds/strategies.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../../openapi/built-in-schemas.ts';

/** The kinds of a cluster in tests. */
export const kinds = Object.freeze({ registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES });

/** Before a cluster of these kinds is made. */
export async function preloadKinds(): Promise<void> {
  await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
}
