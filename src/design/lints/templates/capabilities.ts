import { arrayAt, asString, objectAt } from '../../../base/json.ts';
import { NO_SPOTS, perContainer } from '../spots.ts';
import type { Spot } from '../spots.ts';
import { matchesOf, stringsOf } from './parameters.ts';
import type { LintTemplate } from './template.ts';

const isAll = (name: string): boolean => /^all$/i.test(name);
const AT = ['securityContext', 'capabilities'] as const;

/**
 * Capabilities that containers may not add and must drop, where they say anything of capabilities. Of `all` some may still
 * be added, which are then exceptions. Source: kube-linter, pkg/templates/containercapabilities/template.go.
 */
export const containerCapabilities: LintTemplate = {
  key: 'verify-container-capabilities',
  kinds: ['DeploymentLike'],
  parameters: { forbiddenCapabilities: { type: 'patterns' }, exceptions: { type: 'patterns' } },
  refuses({ forbiddenCapabilities, exceptions }) {
    const [forbidden, excepted] = [stringsOf(forbiddenCapabilities), stringsOf(exceptions)];
    const forbidsAll = forbidden.some(isAll);
    if (forbidsAll && forbidden.length > 1) return 'forbiddenCapabilities';
    return (!forbidsAll && excepted.length > 0) || excepted.some(isAll) ? 'exceptions' : undefined;
  },
  find({ forbiddenCapabilities, exceptions }) {
    const forbidden = stringsOf(forbiddenCapabilities);
    const matches = matchesOf(forbiddenCapabilities);
    const excepted = matchesOf(exceptions);
    const forbidsAll = forbidden.some(isAll);
    const isForbidden = (name: string): boolean =>
      forbidsAll ? !excepted.some((fits) => fits(name)) : isAll(name) || matches.some((fits) => fits(name));
    return perContainer(({ container }) => {
      const capabilities = objectAt(container, ...AT);
      if (capabilities === undefined) return NO_SPOTS;
      const listed = (list: 'add' | 'drop'): readonly string[] =>
        arrayAt(capabilities, list).map((name) => asString(name) ?? '');
      const dropped = listed('drop');
      const added = listed('add').flatMap((name, index): readonly Spot[] =>
        isForbidden(name) ? [{ at: [...AT, 'add', index], params: { name } }] : [],
      );
      const kept = forbidsAll
        ? dropped.some(isAll)
          ? []
          : ['all']
        : forbidden.filter((_, index) => !dropped.some((name) => isAll(name) || matches[index]?.(name) === true));
      return [...added, ...kept.map((name): Spot => ({ at: [...AT, 'drop'], params: { name } }))];
    });
  },
};
