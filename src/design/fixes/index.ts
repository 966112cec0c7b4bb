import type { CheckContext } from '../checks/check.ts';
import { lintNamed } from '../lints/index.ts';
import type { Problem, ProblemId } from '../problem.ts';
import { convert } from './convert.ts';
import type { Fix, Fixer } from './fix.ts';
import { holds } from './holds.ts';
import { missingNamespace } from './missing-namespace.ts';
import { keyMeant, targetMeant, volumeMeant } from './names-meant.ts';
import { secondDefault, writtenReplicas } from './one-of-two.ts';
import { plainSecret } from './plain-secret.ts';
import { backendPortMeant, probePortMeant, targetPortMeant } from './port-meant.ts';
import { podSecurity } from './pod-security.ts';
import { quantityUnit } from './quantity-unit.ts';
import { quotes } from './quotes.ts';
import { requestAboveLimit } from './request-above-limit.ts';
import { requiredValue } from './required-value.ts';
import { servicePortName } from './service-port-name.ts';
import { supportedValue } from './supported-value.ts';
import { templateLabels } from './template-labels.ts';
import { unknownField } from './unknown-field.ts';

/** Every fixer, in the order in which their fixes are offered. */
const FIXERS: readonly Fixer[] = [
  unknownField,
  quotes,
  quantityUnit,
  plainSecret,
  supportedValue,
  requiredValue,
  templateLabels,
  servicePortName,
  requestAboveLimit,
  targetPortMeant,
  probePortMeant,
  backendPortMeant,
  targetMeant,
  keyMeant,
  volumeMeant,
  missingNamespace,
  writtenReplicas,
  secondDefault,
  convert,
  podSecurity,
];

const BY_PROBLEM: ReadonlyMap<ProblemId, readonly Fixer[]> = new Map(
  [...new Set(FIXERS.flatMap(({ problems }) => problems))].map((id) => [
    id,
    FIXERS.filter(({ problems }) => problems.includes(id)),
  ]),
);

/**
 * What can be done about a problem of this very design, best first; none where nothing is certain. Asked for one problem
 * at a time, when somebody looks at it: each is made and judged first, which takes some milliseconds. Fixes of refusals need the schemas of the
 * object's kind (see `preloadValidity`); without them there are fewer.
 */
export function fixesFor(problem: Problem, context: CheckContext): readonly Fix[] {
  return candidates(problem, context).filter((fix) => holds(problem, fix, context));
}

function candidates(problem: Problem, context: CheckContext): readonly Fix[] {
  const { id } = problem;
  if (id.startsWith('lint.')) return lintNamed(id.slice('lint.'.length))?.fix?.(problem, context) ?? [];
  return (BY_PROBLEM.get(id) ?? []).flatMap((fixer) => fixer.fixes(problem, context));
}
