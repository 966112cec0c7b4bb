import type { JsonObject } from '../../base/json.ts';
import { booleanAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { fieldsOf, settersOf } from './check.ts';

/** No process of a Windows node. Source: policy/check_windowsHostProcess.go, 1.36. */
export const windowsHostProcess: PodSecurityCheck = {
  id: 'windowsHostProcess',
  level: 'baseline',
  versions: [{ since: 0, check }],
};

function check({ securityContext, containers }: CheckedPod): Violation | undefined {
  const isBad = (context: JsonObject | undefined): boolean =>
    booleanAt(context, 'windowsOptions', 'hostProcess') === true;
  const isPod = isBad(securityContext);
  const bad = containers.filter((container) => isBad(container.securityContext));
  if (!isPod && bad.length === 0) return undefined;
  return {
    reason: 'hostProcess',
    detail: `${settersOf(isPod, bad)} must not set securityContext.windowsOptions.hostProcess=true`,
    fields: fieldsOf(isPod, bad, 'windowsOptions', 'hostProcess'),
  };
}
