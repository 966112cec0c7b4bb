import type { Lint } from './lint.ts';
import { probePort } from './probe-port.ts';
import { perContainer } from './spots.ts';

/** A livenessProbe at a port that its container does not list. */
export const livenessPort: Lint = {
  id: 'liveness-port',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'liveness-port',
  find: perContainer(({ container }) => probePort(container, 'livenessProbe'), ['containers']),
};
