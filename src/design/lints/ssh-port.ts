import { arrayAt, nameAt, numberAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';

/** Containers that listen on port 22. */
export const sshPort: Lint = {
  id: 'ssh-port',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'ssh-port',
  find: perContainer(({ container }) =>
    arrayAt(container, 'ports').flatMap((port, index) =>
      numberAt(port, 'containerPort') === 22 && (nameAt(port, 'protocol') ?? 'TCP').includes('TCP')
        ? [{ at: ['ports', index, 'containerPort'] }]
        : [],
    ),
  ),
};
