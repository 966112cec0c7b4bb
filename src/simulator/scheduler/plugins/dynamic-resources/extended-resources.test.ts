import { describe, expect } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../../base/json.ts';
import { upstreamFile } from '../../../../base/testing/upstream-file.ts';
import { upstreamEach } from '../../../../base/testing/upstream-table.ts';
import { requestsAndMappings } from './extended-resources.ts';

interface Case extends JsonObject {
  readonly name: string;
}

describe('requests for extended resources', () => {
  const {
    source: file,
    release,
    cases,
  } = upstreamFile<Case>(new URL('./testdata/extended-resources.json', import.meta.url));

  upstreamEach({ area: 'scheduler', file, release })(cases.map((one) => [one.name, one] as const))(
    '%s',
    (_name, one) => {
      const pod = { apiVersion: 'v1', kind: 'Pod', ...objectAt(one, 'pod') };
      const resources = arrayAt(one, 'resources').map(String);
      const { requests, mappings } = requestsAndMappings(pod, resources, (resource) =>
        stringAt(one, 'classes', resource),
      );
      if (stringAt(one, 'table') === 'requests')
        expect(requests).toEqual(
          arrayAt(one, 'want').map((want) => ({
            name: stringAt(want, 'name'),
            className: stringAt(want, 'exactly', 'deviceClassName'),
            count: numberAt(want, 'exactly', 'count'),
          })),
        );
      else expect(byRequest(mappings)).toEqual(arrayAt(one, 'want'));
    },
  );
});

function byRequest(mappings: readonly JsonValue[]): readonly JsonValue[] {
  const order = (mapping: JsonValue) => `${stringAt(mapping, 'requestName')} ${stringAt(mapping, 'containerName')}`;
  return mappings.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}
