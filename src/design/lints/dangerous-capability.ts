import { arrayAt } from '../../base/json.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';

/** Capabilities that are as good as root on the node. */
export const dangerousCapability: Lint = {
  id: 'dangerous-capability',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  find: perContainer(({ container }) =>
    arrayAt(container, 'securityContext', 'capabilities', 'add').flatMap((name, index) =>
      typeof name === 'string' && DANGEROUS.has(name.toUpperCase().replace(/^CAP_/, ''))
        ? [{ at: ['securityContext', 'capabilities', 'add', index], params: { capability: name } }]
        : [],
    ),
  ),
  fix: removeIt,
};

const DANGEROUS: ReadonlySet<string> = new Set([
  'ALL',
  'BPF',
  'DAC_READ_SEARCH',
  'NET_ADMIN',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
]);
