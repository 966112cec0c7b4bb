import { describe, expect, it } from 'vitest';
import { annotationsOf, labelsOf } from '../../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { isJsonObject, objectAt } from '../../../../base/json.ts';
import { upstreamEach } from '../../../../base/testing/upstream-table.ts';
import { copyAppArmorAnnotations } from './app-armor.ts';
import { mergeMatchLabelKeys } from './match-label-keys.ts';
import { defaultPodTemplate } from './pod-template.ts';
import { defaultSpecOfPod } from './pod.ts';
import cases from './testdata/upstream-defaults.json' with { type: 'json' };

const SOURCE = {
  area: 'defaults and warnings',
  file: 'pkg/{apis/core/v1/defaults,registry/core/pod/strategy}_test.go',
  release: '1.36.2',
} as const;

/**
 * What the tests of pkg/apis/core/v1/defaults_test.go and pkg/registry/core/pod/strategy_test.go, 1.36.2 (Apache-2.0), give
 * to the server's functions, and what they make of it. Left out: tests that go through every field by reflection and
 * those with gates off, and repetitions.
 */
interface DefaultCase {
  readonly name: string;
  readonly function: string;
  readonly input: JsonObject;
  readonly output: JsonValue;
}

const CALLS: Readonly<Record<string, (pod: JsonObject) => JsonValue | undefined>> = {
  defaultPod: (pod) => ({ ...pod, spec: defaultSpecOfPod(pod['spec'] ?? {}) }),
  defaultPodTemplate,
  mutatePodAffinity: (pod) => ({ ...pod, spec: mergeMatchLabelKeys(objectAt(pod, 'spec') ?? {}, labelsOf(pod)) }),
  mutateTopologySpreadConstraints: (pod) => ({
    ...pod,
    spec: mergeMatchLabelKeys(objectAt(pod, 'spec') ?? {}, labelsOf(pod)),
  }),
  applyAppArmorVersionSkew: (pod) => ({
    ...pod,
    spec: copyAppArmorAnnotations(objectAt(pod, 'spec') ?? {}, annotationsOf(pod as KubernetesObject)),
  }),
};

describe('upstream cases of defaults', () => {
  upstreamEach(SOURCE)(cases as unknown as readonly DefaultCase[])('$name', ({ function: called, input, output }) => {
    const result = CALLS[called]!(input);
    expect(withoutZeros(result ?? null)).toEqual(withoutZeros(output));
  });

  it.each(cases as unknown as readonly DefaultCase[])(
    '$name: nothing is left to fill in',
    ({ function: called, input }) => {
      if (!called.startsWith('default')) return;
      const template = defaultPodTemplate(input);
      expect(defaultPodTemplate(template)).toBe(template);
      const spec = defaultSpecOfPod(input['spec'] ?? {});
      expect(defaultSpecOfPod(spec)).toBe(spec);
    },
  );
});

/** Go leaves zero values out where the field is no pointer; here they stay as they were written. */
function withoutZeros(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withoutZeros(item as JsonValue));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value)
    .map(([key, entry]) => [key, withoutZeros(entry ?? null)] as const)
    .filter(([, entry]) => !isZero(entry));
  return Object.fromEntries(entries);
}

function isZero(value: JsonValue): boolean {
  if (value === null || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
