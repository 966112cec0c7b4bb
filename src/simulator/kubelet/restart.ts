import type { JsonValue } from '../../base/json.ts';
import { arrayAt, numberAt, stringAt } from '../../base/json.ts';

/**
 * Whether a container that ended with a code is started again.
 * Source: pkg/api/v1/pod/util.go `ContainerShouldRestart`, 1.36.
 */
export function shouldRestart(container: JsonValue, pod: unknown, exitCode: number): boolean {
  const own = stringAt(container, 'restartPolicy');
  if (own !== undefined && arrayAt(container, 'restartPolicyRules').some((rule) => isMatching(rule, exitCode)))
    return true;
  return restarts(own, exitCode) ?? restarts(stringAt(pod, 'spec', 'restartPolicy'), exitCode) ?? true;
}

function restarts(policy: string | undefined, exitCode: number): boolean | undefined {
  if (policy === 'Always') return true;
  if (policy === 'OnFailure') return exitCode !== 0;
  return policy === 'Never' ? false : undefined;
}

function isMatching(rule: JsonValue, exitCode: number): boolean {
  const isListed = arrayAt(rule, 'exitCodes', 'values').some((value) => Number(value) === exitCode);
  const operator = stringAt(rule, 'exitCodes', 'operator');
  return (operator === 'In' && isListed) || (operator === 'NotIn' && !isListed);
}

/** An init container that stays. */
export function isSidecar(container: JsonValue): boolean {
  return stringAt(container, 'restartPolicy') === 'Always';
}

/** Seconds that a Pod is given to end. */
export function graceSeconds(pod: unknown): number {
  return (
    numberAt(pod, 'metadata', 'deletionGracePeriodSeconds') ??
    numberAt(pod, 'spec', 'terminationGracePeriodSeconds') ??
    30
  );
}
