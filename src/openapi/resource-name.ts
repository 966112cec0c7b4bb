import { BUILT_IN_RESOURCES, couldBeServed } from './resource.ts';
import type { Resource } from './resource.ts';

/**
 * What a word typed at kubectl may mean: a plural, singular, short name or kind, alone or with its group
 * (`deploy`, `deployments.apps`, `deployments.v1.apps`). Resources of an earlier group in `resources` come first;
 * kinds that the pinned release no longer serves come last.
 */
export function resourcesNamed(word: string, resources: readonly Resource[] = BUILT_IN_RESOURCES): readonly Resource[] {
  const [name = '', ...rest] = word.toLowerCase().split('.');
  if (name === '') return [];
  const group = rest.join('.');
  const afterVersion = rest.slice(1).join('.');
  const found = resources.filter((resource) => {
    if (!isCalled(resource, name)) return false;
    if (rest.length === 0 || resource.group === group) return true;
    return resource.group === afterVersion && resource.versions.some(({ version }) => version === rest[0]);
  });
  return [...found.filter(isAlive), ...found.filter((resource) => !isAlive(resource))];
}

function isAlive(resource: Resource): boolean {
  return resource.versions.some((version) => couldBeServed(version));
}

function isCalled(resource: Resource, name: string): boolean {
  return (
    resource.plural === name ||
    resource.singular === name ||
    resource.shortNames.includes(name) ||
    resource.kind.toLowerCase() === name
  );
}
