import type { JsonObject } from '../../base/json.ts';
import type { Verdict } from '../../kinds/verdict.ts';
import type { Refusal } from './status.ts';

/** What kinds and admission say, as the server answers it. */
export function refusalOf({ code, reason, message, about, errors }: Verdict): Refusal {
  if (errors.length === 0) return { code, reason, message };
  const causes = errors.map(({ field, reason: why, message: words }) => ({ reason: why, message: words, field }));
  return { code, reason, message, details: { ...(about === undefined ? {} : namesOf(about)), causes } };
}

/** What is not said is left out. Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go `StatusDetails`, 1.36. */
function namesOf({ group, kind, name }: NonNullable<Verdict['about']>): JsonObject {
  return Object.fromEntries(Object.entries({ name, group, kind }).filter(([, text]) => text !== ''));
}
