import { formatApiVersion, groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { PINNED_RELEASE, resourceOf } from '../../openapi/resource.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { Check } from './check.ts';

/** An apiVersion that the pinned release no longer serves, or warns about, with what to write instead. */
export const oldApiVersion: Check = {
  name: 'old-api-version',
  find: ({ design }) => [...design.records.values()].flatMap((record) => lifeOf(record)),
};

function lifeOf(record: DesignRecord): readonly Problem[] {
  const { group, version, kind } = groupVersionKindOf(record.object);
  const life = resourceOf(group, kind)?.versions.find((candidate) => candidate.version === version);
  if (!life) return [];
  const removed = life.unserved || (life.removed !== undefined && life.removed <= PINNED_RELEASE);
  const deprecated = life.deprecated !== undefined && life.deprecated <= PINNED_RELEASE;
  if (!removed && !deprecated) return [];
  const { replacement } = life;
  const release = removed ? life.removed : life.deprecated;
  return [
    {
      id: removed ? 'apiVersion.removed' : 'apiVersion.deprecated',
      severity: removed ? 'error' : 'warning',
      record: record.id,
      field: ['apiVersion'],
      params: {
        apiVersion: record.object.apiVersion,
        kind,
        release: release ? `1.${release}` : '',
        replacement: replacement
          ? `${formatApiVersion(replacement.group, replacement.version)} ${replacement.kind}`
          : '',
      },
    },
  ];
}
