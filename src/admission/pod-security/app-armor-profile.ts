import { quoteString } from '../../apimachinery/quoted-string.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { objectAt, stringAt, stringMapAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { fieldsOf, plural, quoted, settersOf, sorted } from './check.ts';

/** AppArmor stays on. Source: policy/check_appArmorProfile.go, 1.36. */
export const appArmorProfile: PodSecurityCheck = {
  id: 'appArmorProfile',
  level: 'baseline',
  versions: [{ since: 0, check }],
};

const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

function check({ metadata, securityContext, containers }: CheckedPod): Violation | undefined {
  const ofPod = forbiddenType(securityContext);
  const bad = containers.filter((container) => forbiddenType(container.securityContext) !== undefined);
  const types = new Set([ofPod, ...bad.map((container) => forbiddenType(container.securityContext))]);
  types.delete(undefined);
  const annotations = [...stringMapAt(metadata, 'annotations')].filter(
    ([key, value]) => key.startsWith(ANNOTATION) && !isAllowedAnnotation(value),
  );
  const isPod = ofPod !== undefined;
  if (!isPod && bad.length === 0 && annotations.length === 0) return undefined;
  const words = annotations.map(([key, value]) => `${key}=${quoteString(value)}`).sort();
  const values = [...sorted(types as ReadonlySet<string>), ...words];
  const annotationPaths: readonly Path[] = annotations.map(([key]) => ['metadata', 'annotations', key]);
  const setters = [
    ...(isPod || bad.length > 0 ? [settersOf(isPod, bad)] : []),
    ...(words.length > 0 ? [plural('annotation', words.length)] : []),
  ];
  return {
    reason: plural('forbidden AppArmor profile', values.length),
    detail: `${setters.join(' and ')} must not set AppArmor profile type to ${quoted(values)}`,
    fields: [...fieldsOf(isPod, bad, 'appArmorProfile', 'type'), ...annotationPaths],
  };
}

function forbiddenType(securityContext: JsonObject | undefined): string | undefined {
  const profile = objectAt(securityContext, 'appArmorProfile');
  const type = stringAt(profile, 'type') ?? '';
  return profile === undefined || type === 'RuntimeDefault' || type === 'Localhost' ? undefined : type;
}

function isAllowedAnnotation(profile: string): boolean {
  return profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');
}
