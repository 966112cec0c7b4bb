import type { JsonObject, Path } from '../../../base/json.ts';
import { arrayAt, asObject } from '../../../base/json.ts';

/** Where a Pod spec lists containers, in the order in which they start. */
export const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

export interface ContainerView {
  readonly container: JsonObject;
  /** Path of the container in the object. */
  readonly path: Path;
}

/** All containers of a Pod spec: init, ordinary and ephemeral ones. */
export function containersOf(spec: unknown, specPath: Path): readonly ContainerView[] {
  return CONTAINER_LISTS.flatMap((list) =>
    arrayAt(spec, list).flatMap((item, index) => {
      const container = asObject(item);
      return container ? [{ container, path: [...specPath, list, index] }] : [];
    }),
  );
}
