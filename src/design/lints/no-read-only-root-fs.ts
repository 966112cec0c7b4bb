import { booleanAt } from '../../base/json.ts';
import { onLinux, setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers that may write to their root file system. */
export const noReadOnlyRootFs: Lint = {
  id: 'no-read-only-root-fs',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'no-read-only-root-fs',
  find: perContainer(({ container }) =>
    booleanAt(container, 'securityContext', READ_ONLY) === true ? NO_SPOTS : [{ at: ['securityContext', READ_ONLY] }],
  ),
  fix: onLinux(setTo(true)),
};

const READ_ONLY = 'readOnlyRootFilesystem';
