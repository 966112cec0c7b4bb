import { stringAt } from '../../base/json.ts';
import { setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers that see /proc unmasked. */
export const unsafeProcMount: Lint = {
  id: 'unsafe-proc-mount',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'unsafe-proc-mount',
  find: perContainer(({ container }) =>
    /^unmasked$/i.test(stringAt(container, 'securityContext', 'procMount') ?? '')
      ? [{ at: ['securityContext', 'procMount'] }]
      : NO_SPOTS,
  ),
  fix: setTo('Default'),
};
