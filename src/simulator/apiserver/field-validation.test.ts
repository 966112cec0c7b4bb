import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import type { LeftOut } from '../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import type { ApiCall } from '../client/api-client.ts';
import type { RequestOptions } from '../messages.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';
import { AskedServer } from './testing/asked-server.ts';

beforeAll(preloadKinds);

interface Case {
  readonly name: string;
  readonly verb: 'create' | 'update' | 'patch';
  readonly body: unknown;
  readonly patchType?: NonNullable<RequestOptions['patchType']>;
  readonly fieldValidation?: NonNullable<RequestOptions['fieldValidation']>;
  readonly error?: string;
  readonly warnings?: readonly string[];
}

interface Table {
  readonly source: string;
  readonly release: string;
  readonly initial: JsonObject;
  readonly tests: Readonly<Record<string, readonly Case[]>>;
  readonly leftOut: LeftOut;
}

const table = JSON.parse(readFileSync(new URL('./testdata/field-validation.json', import.meta.url), 'utf8')) as Table;
const source = { area: 'kube-apiserver', file: table.source, release: table.release } as const;
const DEPLOYMENTS = { group: 'apps', version: 'v1', plural: 'deployments' } as const;

function asked(one: Case) {
  const server = new AskedServer('alone');
  const place = { resource: DEPLOYMENTS, namespace: 'default' } as const;
  if (one.verb !== 'create')
    server.ask({ ...place, verb: 'create', body: table.initial as unknown as KubernetesObject });
  const { patchType, fieldValidation } = one;
  const call: ApiCall = {
    ...place,
    verb: one.verb,
    ...(one.verb === 'create' ? {} : { name: 'test' }),
    body: one.body as KubernetesObject,
    options: {
      ...(patchType === undefined ? {} : { patchType }),
      ...(fieldValidation === undefined ? {} : { fieldValidation }),
    },
  };
  return server.ask(call);
}

describe(table.source, () => {
  for (const [test, cases] of Object.entries(table.tests))
    upstreamEach(source, test)(cases)('$name', (one) => {
      const { code, body, warnings } = asked(one);
      if (one.error !== undefined) {
        expect(stringAt(body, 'message')?.endsWith(one.error)).toBe(true);
        return expect(code).toBe(one.verb === 'patch' ? 422 : 400);
      }
      expect({ code, warnings }).toEqual({ code: one.verb === 'create' ? 201 : 200, warnings: one.warnings });
      expect(stringAt(body, 'spec', 'unknown1')).toBeUndefined();
    });
  upstreamLeftOut(source, table.leftOut);
});

it('refuses a patch with what it is', () => {
  const one: Case = {
    name: '',
    verb: 'patch',
    body: { spec: { odd: 'x' } },
    patchType: 'strategic',
    fieldValidation: 'Strict',
  };
  expect(stringAt(asked(one).body, 'message')).toBe(
    ' "" is invalid: patch: Invalid value: "map[spec:map[odd:x]]": strict decoding error: unknown field "spec.odd"',
  );
});
