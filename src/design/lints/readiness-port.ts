import type { Lint } from './lint.ts';
import { probePort } from './probe-port.ts';
import { perContainer } from './spots.ts';

/** A readinessProbe at a port that its container does not list. */
export const readinessPort: Lint = {
  id: 'readiness-port',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'readiness-port',
  find: perContainer(({ container }) => probePort(container, 'readinessProbe'), ['containers']),
};
