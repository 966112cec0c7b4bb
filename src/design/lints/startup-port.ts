import type { Lint } from './lint.ts';
import { probePort } from './probe-port.ts';
import { perContainer } from './spots.ts';

/** A startupProbe at a port that its container does not list. */
export const startupPort: Lint = {
  id: 'startup-port',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'startup-port',
  find: perContainer(({ container }) => probePort(container, 'startupProbe'), ['containers']),
};
