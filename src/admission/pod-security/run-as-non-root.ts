import { booleanAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { fieldsOf, namesOf, settersOf, unlessUserNamespace } from './check.ts';

/** Every container says that it does not run as root. Source: policy/check_runAsNonRoot.go, 1.36. */
export const runAsNonRoot: PodSecurityCheck = {
  id: 'runAsNonRoot',
  level: 'restricted',
  versions: [
    { since: 0, check },
    { since: 35, check: unlessUserNamespace(check) },
  ],
};

function check({ securityContext, containers }: CheckedPod): Violation | undefined {
  const reason = 'runAsNonRoot != true';
  const ofPod = booleanAt(securityContext, 'runAsNonRoot');
  const said = (value: boolean | undefined): CheckedPod['containers'] =>
    containers.filter((container) => booleanAt(container.securityContext, 'runAsNonRoot') === value);
  const wrong = said(false);
  if (ofPod === false || wrong.length > 0) {
    return {
      reason,
      detail: `${settersOf(ofPod === false, wrong)} must not set securityContext.runAsNonRoot=false`,
      fields: fieldsOf(ofPod === false, wrong, 'runAsNonRoot'),
    };
  }
  const silent = ofPod === true ? [] : said(undefined);
  if (silent.length === 0) return undefined;
  const field = ['spec', 'securityContext', 'runAsNonRoot'];
  return {
    reason,
    detail: `pod or ${namesOf(silent)} must set securityContext.runAsNonRoot=true`,
    fields: [field],
    edits: [{ op: 'set', path: field, value: true }],
  };
}
