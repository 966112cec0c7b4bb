import { quoteString } from '../../apimachinery/quoted-string.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt, stringAt, stringMapAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { fieldsOf, plural, quoted, settersOf, sorted } from './check.ts';

export const SECCOMP_BASELINE = 'seccompProfile_baseline';

/** Seccomp is not switched off. Source: policy/check_seccompProfile_baseline.go, 1.36. */
export const seccompProfileBaseline: PodSecurityCheck = {
  id: SECCOMP_BASELINE,
  level: 'baseline',
  versions: [
    { since: 0, check: checkAnnotations },
    { since: 19, check: forbiddenProfiles },
  ],
};

const OF_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const OF_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';

/** Before there were fields, annotations said it; of those of containers only what names a container counts. */
function checkAnnotations({ metadata, containers }: CheckedPod): Violation | undefined {
  const annotations = stringMapAt(metadata, 'annotations');
  const keys = new Set([OF_POD, ...containers.map(({ name }) => `${OF_CONTAINER}${name}`)]);
  const bad = [...keys].filter((key) => {
    const value = annotations.get(key);
    return value !== undefined && !isAllowedAnnotation(value);
  });
  if (bad.length === 0) return undefined;
  const words = sorted(new Set(bad.map((key) => `${key}=${quoteString(annotations.get(key)!)}`)));
  return {
    reason: 'seccompProfile',
    detail: `forbidden ${plural('annotation', words.length)} ${words.join(', ')}`,
    fields: bad.map((key) => ['metadata', 'annotations', key]),
  };
}

function isAllowedAnnotation(value: string): boolean {
  return value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');
}

/** What sets a profile that is neither the runtime's own nor one of the node's. */
export function forbiddenProfiles({ securityContext, containers }: CheckedPod): Violation | undefined {
  const types = new Set<string>();
  const isBad = (context: JsonObject | undefined): boolean => {
    const type = seccompTypeOf(context);
    if (type === undefined || isAllowedType(type)) return false;
    types.add(type);
    return true;
  };
  const isPod = isBad(securityContext);
  const bad = containers.filter((container) => isBad(container.securityContext));
  if (!isPod && bad.length === 0) return undefined;
  return {
    reason: 'seccompProfile',
    detail: `${settersOf(isPod, bad)} must not set securityContext.seccompProfile.type to ${quoted(sorted(types))}`,
    fields: fieldsOf(isPod, bad, 'seccompProfile', 'type'),
  };
}

/** Undefined where no profile is set; '' where one is set without a type. */
export function seccompTypeOf(context: JsonObject | undefined): string | undefined {
  const profile = objectAt(context, 'seccompProfile');
  return profile === undefined ? undefined : (stringAt(profile, 'type') ?? '');
}

export function isAllowedType(type: string): boolean {
  return type === 'Localhost' || type === 'RuntimeDefault';
}
