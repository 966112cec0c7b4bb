import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { objectAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { HISTORY_HASH, byRevision, matchesRevision, revisionHash, revisionOf } from './revisions.ts';

const source = {
  area: 'controllers',
  file: 'pkg/controller/history/controller_history_test.go',
  release: '1.36.2',
} as const;

function statefulSet(name: string, labels: Readonly<Record<string, string>>): KubernetesObject {
  const containers = [
    {
      name: 'nginx',
      image: 'nginx',
      volumeMounts: [
        { name: 'datadir', mountPath: '/tmp/' },
        { name: 'home', mountPath: '/home' },
      ],
    },
  ];
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace: 'default', uid: name },
    spec: { replicas: 3, template: { metadata: { labels }, spec: { containers } } },
  };
}

const [SS1, SS2] = [statefulSet('ss1', { foo: 'bar' }), statefulSet('ss2', { goo: 'car' })];

/** A revision with a number, made so many seconds after the first. */
function revision(set: KubernetesObject, number: number, seconds = 0): KubernetesObject {
  const made = revisionOf(set, revisionHash(set, 0), number, HISTORY_HASH);
  const creationTimestamp = `2026-01-01T00:00:0${seconds}Z`;
  return { ...made, metadata: { ...objectAt(made, 'metadata'), creationTimestamp } };
}

const [REV1, REV2, REV3, REV3_LATER] = [revision(SS1, 1), revision(SS1, 2), revision(SS1, 3), revision(SS1, 3, 1)];
const OTHERS = [revision(SS2, 1), revision(SS2, 2)] as const;

describe(source.file, () => {
  upstreamEach(
    source,
    'TestFindEqualRevisions',
  )([
    ['finds equivalent', [REV1, ...OTHERS], [nameOf(REV1)]],
    ['finds nothing when empty', [], []],
    ['finds nothing with no matches', OTHERS.toReversed(), []],
  ] as [string, KubernetesObject[], string[]][])('%s', (_name, revisions, names) => {
    const found = revisions.filter((each) => matchesRevision(SS1, each));
    expect(found.map(nameOf)).toEqual(names);
    for (const each of found)
      expect(nameOf(each)).toBe(`ss1-${labelsOf(each).get('controller.kubernetes.io/hash') ?? ''}`);
  });

  upstreamEach(
    source,
    'TestSortControllerRevisions',
  )([
    ['out of order', [REV2, REV1, REV3], [REV1, REV2, REV3]],
    ['sorted', [REV1, REV2, REV3], [REV1, REV2, REV3]],
    ['reversed', [REV3, REV2, REV1], [REV1, REV2, REV3]],
    ['with ties', [REV3, REV3_LATER, REV2, REV1], [REV1, REV2, REV3, REV3_LATER]],
    ['empty', [], []],
  ] as [string, KubernetesObject[], KubernetesObject[]][])('%s', (_name, revisions, sorted) =>
    expect(revisions.toSorted(byRevision)).toEqual(sorted),
  );

  upstreamLeftOut(source, {
    'TestFakeHistory_*': { count: 19, reason: 'a fake history for the tests of upstream itself' },
    TestRealHistory_ListControllerRevisions: {
      count: 4,
      reason: 'the controllers here list by their own view; their tables have it',
    },
    'TestRealHistory_CreateControllerRevision, TestRealHistory_UpdateControllerRevision, TestRealHistory_DeleteControllerRevision':
      { count: 10, reason: 'thin wrappers of API calls, which are part of the sync of each controller here' },
    'TestRealHistory_AdoptControllerRevision, TestRealHistory_ReleaseControllerRevision': {
      count: 7,
      reason: 'revisions are claimed by the function that claims Pods; controller_ref_manager_test.go has its cases',
    },
  });
});
