import { describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../../../../../kinds/index.ts';
import { knownResources, readResource, strayResources, textOf } from './rbac-resources.ts';

const known = knownResources(BUILT_IN_KINDS);

describe('resources of a rule', () => {
  it('are those of the release, with their groups and subresources', () => {
    const texts = known.map(textOf);
    expect(texts).toContain('pods/log');
    expect(texts).toContain('deployments.apps/scale');
    expect(texts).toContain('events.events.k8s.io');
    expect(new Set(texts).size).toBe(texts.length);
  });

  it.each([
    ['pods', { group: '', resource: 'pods' }],
    ['pods/exec', { group: '', resource: 'pods/exec' }],
    ['deployments', { group: 'apps', resource: 'deployments' }],
    ['deployments.apps/scale', { group: 'apps', resource: 'deployments/scale' }],
    ['widgets.example.com', { group: 'example.com', resource: 'widgets' }],
    // In the core group and in events.k8s.io: nobody knows which is meant, and the core one is written first.
    ['events', { group: '', resource: 'events' }],
    // In the group extensions no longer.
    ['ingresses', { group: 'networking.k8s.io', resource: 'ingresses' }],
    ['*', { resource: '*' }],
  ])('are read as they are typed: %s', (text, expected) => {
    expect(readResource(text, known)).toEqual(expected);
  });

  it('allow nothing where no group of the rule has them', () => {
    expect(strayResources({ apiGroups: [''], resources: ['pods', 'deployments', 'widgets'] }, known)).toEqual([
      { group: 'apps', resource: 'deployments' },
    ]);
    expect(strayResources({ apiGroups: ['*'], resources: ['deployments'] }, known)).toEqual([]);
  });
});
