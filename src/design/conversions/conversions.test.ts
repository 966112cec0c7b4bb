import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { JsonValue } from '../../base/json.ts';
import { changed } from '../../manifest/edit-value.ts';
import { BUILT_IN_RESOURCES, PINNED_RELEASE } from '../../openapi/resource.ts';
import { applyFix } from '../commands/apply-fix.ts';
import { isRefused } from '../edit-segment.ts';
import { fileText } from '../records.ts';
import { contextOf, designOf } from '../testing/design-of.ts';
import { judgeContextOf, preloadValidity, verdictOf } from '../validity.ts';
import { findProblems } from '../checks/index.ts';
import { conversionsFor } from './conversions-for.ts';
import { editsBetween } from './edits-between.ts';
import { conversionOf, CONVERSIONS } from './index.ts';
import cases from './testdata/conversions.txt?raw';

/** `======== title`, the manifest, `-------- after` and what it becomes, `-------- said` and the fix with its notes. */
const sections = cases.split(/^======== /m).slice(1);

describe('conversions', () => {
  it.each(sections.map((section) => [section.slice(0, section.indexOf('\n')), section] as const))(
    '%s',
    async (title, section) => {
      const [before, after, said] = section.slice(title.length + 1).split(/^-------- (?:after|said)\n/m);
      const context = contextOf(designOf(before!));
      const [record] = context.design.records.values();
      const [fix] = conversionsFor(record!.id, context);
      const words = fix && [
        fix.id,
        ...(fix.notes ?? []).map(({ id, params }) => [id, ...Object.values(params)].join(' ')),
      ];
      expect((words ?? []).map((line) => `${line}\n`).join('')).toBe(said);
      if (!fix) return;
      const outcome = applyFix.run(context, { record: record!.id, fix });
      if (isRefused(outcome)) throw new Error(outcome.refused);
      const [file] = outcome.design.files.values();
      expect(fileText(outcome.design, file!)).toBe(after);
      await preloadValidity(outcome.design, context.registry);
      const judging = judgeContextOf(outcome.design, context.registry);
      expect([...outcome.design.records.values()].map((each) => verdictOf(each, judging).message)).toEqual(
        [...outcome.design.records.values()].map(() => ''),
      );
    },
  );
});

test('what names the old kind or version follows', () => {
  const context = contextOf(
    designOf(
      [
        'apiVersion: v1\nkind: ReplicationController\nmetadata: {name: web}\nspec: {selector: {app: web}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}}\n',
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec:\n  scaleTargetRef:\n    apiVersion: v1\n    kind: ReplicationController\n    name: web\n  maxReplicas: 3\n',
      ].join('---\n'),
    ),
  );
  const [record] = context.design.records.values();
  const [fix] = conversionsFor(record!.id, context);
  expect(fix!.notes).toContainEqual({ id: 'referencesFollow', params: { count: 2 } });
  const outcome = applyFix.run(context, { record: record!.id, fix: fix! });
  if (isRefused(outcome)) throw new Error(outcome.refused);
  const [file] = outcome.design.files.values();
  expect(fileText(outcome.design, file!)).toContain(
    '  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: web\n',
  );
});

test('no version is converted in two ways, and every way leads to what the pinned release serves', () => {
  const from = CONVERSIONS.flatMap((conversion) =>
    conversion.from.map(({ group, version, kind }) => `${group}/${version} ${kind}`),
  );
  expect(from.filter((key, index) => from.indexOf(key) !== index)).toEqual([]);
  for (const { to } of CONVERSIONS) {
    const versions = BUILT_IN_RESOURCES.find(({ group, kind }) => group === to.group && kind === to.kind)?.versions;
    expect(versions?.find(({ version }) => version === to.version)?.removed ?? 99).toBeGreaterThan(PINNED_RELEASE);
  }
});

test('every version that the server replaces by another can be converted, or it is known why not', () => {
  const known = new Set(
    CONVERSIONS.flatMap(({ from }) => from.map(({ group, version, kind }) => `${group}/${version} ${kind}`)),
  );
  const without = BUILT_IN_RESOURCES.flatMap(({ group, kind, versions }) =>
    versions
      .filter(({ replacement }) => replacement !== undefined)
      .map(({ version }) => `${group}/${version} ${kind}`)
      .filter((key) => !known.has(key)),
  );
  expect(without).toEqual([
    // Gone for good.
    'extensions/v1beta1 PodSecurityPolicy',
    // Alphas, which no cluster serves unless it is told to.
    'resource.k8s.io/v1alpha3 DeviceClass',
    'resource.k8s.io/v1alpha3 ResourceClaim',
    'resource.k8s.io/v1alpha3 ResourceClaimTemplate',
    'resource.k8s.io/v1alpha3 ResourceSlice',
  ]);
});

test('a conversion is offered only where its target is served', () => {
  const autoscaler = { apiVersion: 'autoscaling/v2beta2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' } };
  expect(conversionOf(autoscaler, 22)).toBeUndefined();
  expect(conversionOf(autoscaler, 23)?.to.version).toBe('v2');
});

const HPA =
  'kind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: b}, maxReplicas: 2}\n';
const states: readonly [apiVersion: string, rest: string, release: number, expected: string | undefined][] = [
  ['autoscaling/v2beta2', HPA, 22, undefined],
  ['autoscaling/v2beta2', HPA, 23, 'apiVersion.deprecated 1.23 autoscaling/v2 HorizontalPodAutoscaler'],
  ['autoscaling/v2beta2', HPA, 26, 'apiVersion.removed 1.26 autoscaling/v2 HorizontalPodAutoscaler'],
  ['autoscaling/v2', HPA, 22, 'apiVersion.tooNew 1.23 '],
  ['autoscaling/v2', HPA, 23, undefined],
  [
    'flowcontrol.apiserver.k8s.io/v1beta1',
    'kind: FlowSchema\nmetadata: {name: a}\n',
    36,
    'apiVersion.removed 1.26 flowcontrol.apiserver.k8s.io/v1 FlowSchema',
  ],
  ['policy/v1beta1', 'kind: PodSecurityPolicy\nmetadata: {name: a}\n', 25, 'apiVersion.podSecurityPolicy 1.25 '],
  ['policy/v1beta1', 'kind: PodSecurityPolicy\nmetadata: {name: a}\n', 24, 'apiVersion.podSecurityPolicy 1.21 '],
];

test.each(states)('%s in a release', (apiVersion, rest, release, expected) => {
  const context = contextOf(designOf(`apiVersion: ${apiVersion}\n${rest}`));
  const found = findProblems({ ...context, release })
    .filter(({ id }) => id.startsWith('apiVersion.'))
    .map(({ id, params }) => [id, params['release'], params['replacement']].join(' '));
  expect(found).toEqual(expected === undefined ? [] : [expected]);
});

const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<JsonValue>(null, true, 1, 'a', ''),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

test('the edits between two values make one the other', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), json),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), json),
      (before, after) => {
        fc.pre(Object.keys(after).length > 0);
        let current: JsonValue = before;
        for (const edit of editsBetween(before, after)) {
          const result = changed(current, edit);
          if (!result.ok) throw new Error(result.reason);
          current = result.value;
        }
        expect(current).toEqual(after);
      },
    ),
  );
});
