import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { namesOf, unlessWindows } from './check.ts';
import { forbiddenProfiles, isAllowedType, SECCOMP_BASELINE, seccompTypeOf } from './seccomp-profile-baseline.ts';

/** Every container has a seccomp profile. Source: policy/check_seccompProfile_restricted.go, 1.36. */
export const seccompProfileRestricted: PodSecurityCheck = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  versions: [
    { since: 19, check, overrides: [SECCOMP_BASELINE] },
    { since: 25, check: unlessWindows(check), overrides: [SECCOMP_BASELINE] },
  ],
};

function check(pod: CheckedPod): Violation | undefined {
  const wrong = forbiddenProfiles(pod);
  if (wrong !== undefined) return wrong;
  const silent = pod.containers.filter(({ securityContext }) => seccompTypeOf(securityContext) === undefined);
  const ofPod = seccompTypeOf(pod.securityContext);
  if (silent.length === 0 || (ofPod !== undefined && isAllowedType(ofPod))) return undefined;
  const field = ['spec', 'securityContext', 'seccompProfile', 'type'];
  return {
    reason: 'seccompProfile',
    detail: `pod or ${namesOf(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
    fields: [field],
    edits: [{ op: 'set', path: field, value: 'RuntimeDefault' }],
  };
}
