import { formatApiVersion, groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import type { ResourceVersion } from '../../openapi/resource.ts';
import { couldBeServed, PINNED_RELEASE, resourceVersionOf } from '../../openapi/resource.ts';
import { conversionOf } from '../conversions/index.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem, ProblemId } from '../problem.ts';
import type { Check } from './check.ts';

/** An apiVersion that the target release does not serve, or warns about, with what to write instead. */
export const oldApiVersion: Check = {
  name: 'old-api-version',
  look: (record, { release = PINNED_RELEASE }) => lifeOf(record, release),
};

/** What takes the place of kinds that have no successor in the API. */
const INSTEAD: ReadonlyMap<string, ProblemId> = new Map([
  ['PodSecurityPolicy', 'apiVersion.podSecurityPolicy'],
  ['PodPreset', 'apiVersion.podPreset'],
  ['ComponentStatus', 'apiVersion.componentStatus'],
]);

function lifeOf(record: DesignRecord, release: number): readonly Problem[] {
  const gvk = groupVersionKindOf(record.object);
  const life = resourceVersionOf(gvk);
  const state = life && stateAt(life, release);
  if (life === undefined || state === undefined) return [];
  const successor = successorOf(record, life, release);
  const instead = successor ? undefined : INSTEAD.get(gvk.kind);
  const since = { removed: life.removed, deprecated: life.deprecated, tooNew: life.introduced }[state];
  return [
    {
      id: state === 'tooNew' ? 'apiVersion.tooNew' : (instead ?? idOf(state, successor !== undefined)),
      severity: state === 'deprecated' ? 'warning' : 'error',
      record: record.id,
      field: ['apiVersion'],
      params: {
        apiVersion: record.object.apiVersion,
        kind: gvk.kind,
        release: `1.${since === undefined || since === 0 ? release : since}`,
        replacement: successor ? `${formatApiVersion(successor.group, successor.version)} ${successor.kind}` : '',
      },
    },
  ];
}

function idOf(state: 'removed' | 'deprecated', hasSuccessor: boolean): ProblemId {
  if (state === 'removed') return hasSuccessor ? 'apiVersion.removed' : 'apiVersion.removedForGood';
  return hasSuccessor ? 'apiVersion.deprecated' : 'apiVersion.deprecatedForGood';
}

type State = 'removed' | 'deprecated' | 'tooNew';

function stateAt(life: ResourceVersion, release: number): State | undefined {
  if (life.unserved || (life.removed !== undefined && life.removed <= release)) return 'removed';
  if (life.introduced !== undefined && life.introduced > release) return 'tooNew';
  return life.deprecated !== undefined && life.deprecated <= release ? 'deprecated' : undefined;
}

/** Replacements are followed until one is served; where the server names none, the conversion of the object does. */
function successorOf({ object }: DesignRecord, life: ResourceVersion, release: number): GroupVersionKind | undefined {
  let next = life.replacement;
  for (let steps = 0; next !== undefined && steps < 5; steps++) {
    const version = resourceVersionOf(next);
    if (version === undefined) break;
    if (couldBeServed(version, release)) return next;
    next = version.replacement;
  }
  return conversionOf(object, release)?.to;
}
