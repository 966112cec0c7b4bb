import { stringAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods that do not say to be restarted. */
export const restartPolicy: Lint = {
  id: 'restart-policy',
  group: 'reliability',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'restart-policy',
  find: perPod(({ spec }) => {
    const policy = stringAt(spec, 'restartPolicy') ?? '';
    return policy === 'Always' || policy === 'OnFailure' ? NO_SPOTS : [{ at: ['restartPolicy'], params: { policy } }];
  }),
};
