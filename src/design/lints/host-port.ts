import { arrayAt, booleanAt, numberAt } from '../../base/json.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers that take a port of the node. */
export const hostPort: Lint = {
  id: 'host-port',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  find: perContainer(({ container }, { spec }) =>
    booleanAt(spec, 'hostNetwork') === true
      ? NO_SPOTS
      : arrayAt(container, 'ports').flatMap((entry, index) => {
          const port = numberAt(entry, 'hostPort') ?? 0;
          return port > 0 ? [{ at: ['ports', index, 'hostPort'], params: { port } }] : [];
        }),
  ),
  fix: removeIt,
};
