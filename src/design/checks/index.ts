import type { Problem } from '../problem.ts';
import { backendPort } from './backend-port.ts';
import type { Check, CheckContext } from './check.ts';
import { duplicateIdentity } from './duplicate-identity.ts';
import { missingGrant } from './missing-grant.ts';
import { missingKey } from './missing-key.ts';
import { missingReference } from './missing-reference.ts';
import { oldApiVersion } from './old-api-version.ts';
import { podTemplate } from './pod-template.ts';
import { sameRoute } from './same-route.ts';
import { selectorAndTemplate } from './selector-and-template.ts';
import { selectorWithoutMatch } from './selector-without-match.ts';
import { servicePort } from './service-port.ts';
import { severalDefaults } from './several-defaults.ts';
import { sharedClaim } from './shared-claim.ts';
import { sharedTarget } from './shared-target.ts';

/** Every check, in the order in which their problems are listed for one record. */
export const CHECKS: readonly Check[] = [
  missingReference,
  missingKey,
  selectorAndTemplate,
  selectorWithoutMatch,
  servicePort,
  backendPort,
  podTemplate,
  sharedTarget,
  sharedClaim,
  sameRoute,
  missingGrant,
  severalDefaults,
  oldApiVersion,
  duplicateIdentity,
];

const SEVERITY = { error: 0, warning: 1, info: 2 } as const;

/**
 * All problems of a design: errors first, then in the order of records and checks. `refusals` are what the API server has
 * against single objects, where that is known; they come before the checks'.
 */
export function findProblems(context: CheckContext, refusals: readonly Problem[] = []): readonly Problem[] {
  const place = new Map([...context.design.records.keys()].map((id, index) => [id, index]));
  // Gathered by place and not sorted one by one: there may be many for one record.
  const gathered = new Map<number, Problem[]>();
  const gather = (problem: Problem): void => {
    const at = SEVERITY[problem.severity] * place.size + place.get(problem.record)!;
    const list = gathered.get(at);
    if (list) list.push(problem);
    else gathered.set(at, [problem]);
  };
  refusals.forEach(gather);
  for (const check of CHECKS) check.find(context).forEach(gather);
  return [...gathered.keys()].sort((a, b) => a - b).flatMap((at) => gathered.get(at)!);
}
