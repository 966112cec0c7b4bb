import type { Lint } from './lint.ts';
import { perPod } from './spots.ts';
import { withoutResolverOption } from './templates/pods.ts';

/** Pods without the resolver option `ndots:2`. */
export const dnsconfigOptions: Lint = {
  id: 'dnsconfig-options',
  group: 'network',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'dnsconfig-options',
  find: perPod(({ spec }) => withoutResolverOption(spec, 'ndots', '2')),
};
