import { parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import { BUILT_IN } from '../../apiserver/served-resources.ts';
import type { ResourceName } from '../../messages.ts';

/** Never collected. Source: pkg/controller/garbagecollector/garbagecollector.go `ignoredResources`, 1.36. */
const IGNORED: ReadonlySet<string> = new Set(['events', 'events.events.k8s.io']);

const WATCHED = BUILT_IN.filter(
  ({ qualified, verbs }) =>
    !IGNORED.has(qualified) && ['delete', 'list', 'watch'].every((verb) => verbs.includes(verb)),
).map(({ group, kind, plural, namespaced, versions }) => ({
  kind,
  namespaced,
  name: { group, version: versions[0]!, plural } satisfies ResourceName as ResourceName,
}));

/** The resources whose objects have owners, or are owners. */
export const COLLECTED: readonly ResourceName[] = WATCHED.map(({ name }) => name);

export interface OwnerResource {
  readonly name: ResourceName;
  readonly namespaced: boolean;
}

const byKind = new Map(WATCHED.map((resource) => [`${resource.name.group}/${resource.kind}`, resource]));

/** The resource of an owner; undefined where nothing built in serves it. */
export function resourceOfKind(apiVersion: string, kind: string): OwnerResource | undefined {
  return byKind.get(`${parseApiVersion(apiVersion).group}/${kind}`);
}
