import { judgeContextOf, verdictOf } from '../validity.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perRecord } from './spots.ts';

/** Objects that do not fit their schema; the API server's refusals say it field by field. */
export const schemaValidation: Lint = {
  id: 'schema-validation',
  group: 'hygiene',
  severity: 'warning',
  defaultOn: false,
  kubeLinter: 'schema-validation',
  find: (context) => {
    // The definitions of custom kinds are not noted: with them the registry is another, and everything is asked anew.
    const judging = judgeContextOf(context, context.registry);
    return perRecord((record) => {
      const { valid, code, errors, message } = verdictOf(record, judging);
      return valid === false && code === 400
        ? [{ at: errors[0]?.path ?? [], params: { message: errors[0]?.message ?? message } }]
        : NO_SPOTS;
    })(context);
  },
};
