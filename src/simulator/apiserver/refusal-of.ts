import type { Verdict } from '../../kinds/verdict.ts';
import type { Refusal } from './status.ts';

/** What kinds and admission say, as the server answers it. */
export function refusalOf({ code, reason, message, errors }: Verdict): Refusal {
  return {
    code,
    reason,
    message,
    ...(errors.length === 0
      ? {}
      : {
          details: {
            causes: errors.map(({ field, reason: why, message: words }) => ({ reason: why, message: words, field })),
          },
        }),
  };
}
