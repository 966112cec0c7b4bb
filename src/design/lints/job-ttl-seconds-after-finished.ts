import { valueAt } from '../../base/json.ts';
import { setValue } from '../fixes/one-edit.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** A Job that stays for ever when it has ended, and a CronJob whose Jobs may go before its history says. */
export const jobTtlSecondsAfterFinished: Lint = {
  id: 'job-ttl-seconds-after-finished',
  group: 'hygiene',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'job-ttl-seconds-after-finished',
  find: (context) => [
    ...perObject('Job', ['batch/v1'], ({ object }) =>
      valueAt(object, 'spec', TTL) === undefined ? [{ at: ['spec', TTL] }] : NO_SPOTS,
    )(context),
    ...perObject('CronJob', ['batch/v1'], ({ object }) =>
      valueAt(object, 'spec', 'jobTemplate', 'spec', TTL) === undefined
        ? NO_SPOTS
        : [{ at: ['spec', 'jobTemplate', 'spec', TTL] }],
    )(context),
  ],
  fix: (problem, context) =>
    problem.field.length > 2 ? removeIt(problem, context) : [setValue(problem.record, problem.field, A_DAY)],
};

const TTL = 'ttlSecondsAfterFinished';
/** A day, in seconds: long enough to look at the logs. */
const A_DAY = 86_400;
