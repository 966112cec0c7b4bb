import { arrayAt, numberAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';

/** Containers that listen on a port below 1024. */
export const privilegedPorts: Lint = {
  id: 'privileged-ports',
  group: 'security',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'privileged-ports',
  find: perContainer(({ container }) =>
    arrayAt(container, 'ports').flatMap((entry, index) => {
      const port = numberAt(entry, 'containerPort') ?? 0;
      return port > 0 && port < 1024 ? [{ at: ['ports', index, 'containerPort'], params: { port } }] : [];
    }),
  ),
};
