import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';

/**
 * Whether a container that ended with a code is started again: by its own rules, by its own policy, by the Pod's.
 * Source: pkg/api/v1/pod/util.go `ContainerShouldRestart`, 1.36.
 */
export function shouldRestart(container: JsonValue, pod: unknown, exitCode: number): boolean {
  const own = stringAt(container, 'restartPolicy');
  if (own !== undefined) {
    const action = restartAction(container, exitCode);
    if (action === 'Restart' || action === 'RestartAllContainers') return true;
  }
  return restarts(own, exitCode) ?? restarts(stringAt(pod, 'spec', 'restartPolicy'), exitCode) ?? true;
}

function restarts(policy: string | undefined, exitCode: number): boolean | undefined {
  if (policy === 'Always') return true;
  if (policy === 'OnFailure') return exitCode !== 0;
  return policy === 'Never' ? false : undefined;
}

/**
 * What the first rule of a container that fits an exit code says; undefined where none fits.
 * Source: pkg/api/v1/pod/util.go `FindMatchingContainerRestartRule`, 1.36.
 */
export function restartAction(container: JsonValue, exitCode: number): string | undefined {
  const rule = arrayAt(container, 'restartPolicyRules').find((candidate) => isMatching(candidate, exitCode));
  return rule === undefined ? undefined : (stringAt(rule, 'action') ?? '');
}

function isMatching(rule: JsonValue, exitCode: number): boolean {
  const isListed = arrayAt(rule, 'exitCodes', 'values').some((value) => Number(value) === exitCode);
  const operator = stringAt(rule, 'exitCodes', 'operator');
  return (operator === 'In' && isListed) || (operator === 'NotIn' && !isListed);
}
