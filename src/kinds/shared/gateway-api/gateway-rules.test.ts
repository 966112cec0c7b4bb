import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { preloadSchemas } from '../../../openapi/built-in-schemas.ts';
import { NO_CUSTOM_RESOURCES } from '../../custom-resources.ts';
import { BUILT_IN_KINDS } from '../../index.ts';
import { judge } from '../../judge.ts';
import { preloadStrategies } from '../../strategies.ts';
import examples from './testdata/examples.cases.json' with { type: 'json' };

const context = { registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES };

beforeAll(async () => {
  await Promise.all([preloadSchemas(['gateway.networking.k8s.io']), preloadStrategies()]);
});

const rows = examples.cases.map(({ file, valid, objects }) => ({
  file,
  valid,
  objects: objects as readonly JsonObject[],
}));

describe('objects of the Gateway API', () => {
  it.each(rows)('$file: accepted: $valid', ({ valid, objects }) => {
    const refused = objects.flatMap((object) =>
      judge(object as KubernetesObject, context).errors.map(({ field, message }) => `${field}: ${message}`),
    );
    if (valid) expect(refused).toEqual([]);
    else expect(refused).not.toEqual([]);
  });

  const route = (rule: JsonValue): KubernetesObject => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { parentRefs: [{ name: 'edge' }], rules: [rule] },
  });
  it.each([
    [
      { filters: [{ type: 'RequestRedirect', requestRedirect: {} }], backendRefs: [{ name: 'web', port: 80 }] },
      'spec.rules[0]: Invalid value: RequestRedirect filter must not be used together with backendRefs',
    ],
    [
      { filters: [{ type: 'RequestMirror' }] },
      'spec.rules[0].filters[0]: Invalid value: filter.requestMirror must be specified for RequestMirror filter.type',
    ],
    [
      { backendRefs: [{ name: 'web' }] },
      'spec.rules[0].backendRefs[0]: Invalid value: Must have port for Service reference',
    ],
    [
      { matches: [{ path: { type: 'PathPrefix', value: '/a//b' } }] },
      "spec.rules[0].matches[0].path: Invalid value: must not contain '//' when type one of ['Exact', 'PathPrefix']",
    ],
  ])('%j is refused in the words of the rule', (rule, words) => {
    const { errors } = judge(route(rule), context);
    expect(errors.map(({ field, message }) => `${field}: ${message}`)).toContain(words);
  });
});
