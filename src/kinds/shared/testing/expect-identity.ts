import { expect } from 'vitest';
import { formatApiVersion } from '../../../apimachinery/group-version-kind.ts';
import { isServed, resourceOf } from '../../../openapi/resource.ts';
import type { KindDefinition } from '../../kind.ts';

/**
 * For tests: a kind says of itself what the table of built-in kinds says (plural, scope, short names, versions), and
 * makes new objects of the preferred version, with a namespace only where one is given and the kind has one.
 */
export function expectIdentity(definition: KindDefinition): void {
  const { group, version, kind, scope } = definition;
  const resource = resourceOf(group, kind);
  if (resource) {
    const preferred = resource.versions.find((candidate) => isServed(candidate))?.version;
    const { plural, shortNames } = resource;
    expect(definition).toMatchObject({ resource: plural, scope: resource.scope, shortNames, version: preferred });
    const spellings = [
      version,
      ...(definition.olderVersions ?? []).filter((older) => older.group === group).map((older) => older.version),
    ];
    expect(spellings.sort()).toEqual(resource.versions.map((known) => known.version).sort());
  }
  const named = { apiVersion: formatApiVersion(group, version), kind };
  const inShop = scope === 'Namespaced' ? { name: 'web', namespace: 'shop' } : { name: 'web' };
  expect(definition.newObject('web', 'shop')).toMatchObject({ ...named, metadata: inShop });
  expect(definition.newObject('web').metadata).not.toHaveProperty('namespace');
}
