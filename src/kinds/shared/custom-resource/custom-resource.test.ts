import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { metadataOf } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { preloadSchemas } from '../../../openapi/built-in-schemas.ts';
import { customResourcesOf } from '../../custom-resources.ts';
import { BUILT_IN_KINDS } from '../../index.ts';
import { judgeUpdate } from '../../judge-update.ts';
import { judge } from '../../judge.ts';
import type { JudgeContext } from '../../served-kind.ts';
import answers from './testdata/answers.cases.json';

/** What a kube-apiserver 1.36.2 said to custom resources of one definition. */
interface Answer {
  readonly old?: KubernetesObject;
  readonly sent: KubernetesObject;
  readonly code: number;
  /** `reason|field|message`, sorted: the server's own order is chance where it walks a map. */
  readonly causes?: readonly string[];
  readonly message?: string;
  readonly stored?: JsonValue;
}

const cases = answers.cases as unknown as readonly Answer[];
const definition = answers.definition as unknown as KubernetesObject;
const context: JudgeContext = { registry: BUILT_IN_KINDS, customResources: customResourcesOf([definition]) };

beforeAll(() => preloadSchemas(['']));

const MADE_BY_SERVER = ['uid', 'creationTimestamp', 'resourceVersion', 'managedFields', 'generation'];

function comparable(object: KubernetesObject | undefined): JsonValue | undefined {
  if (object === undefined) return undefined;
  const metadata = Object.entries(metadataOf(object) ?? {}).filter(([name]) => !MADE_BY_SERVER.includes(name));
  return { ...object, metadata: Object.fromEntries(metadata) };
}

describe('custom resources are answered as a kube-apiserver 1.36.2 answered them', () => {
  it.each(cases.map((answer, index) => [index, answer] as const))('case %i', (_index, answer) => {
    const { old, sent, code } = answer;
    const verdict = old === undefined ? judge(sent, context) : judgeUpdate(sent, old, context);
    expect({
      code: verdict.code,
      causes: verdict.code === 422 ? verdict.errors.map(causeText).sort(compareStrings) : undefined,
      message: verdict.code === 400 ? verdict.message : undefined,
      stored: comparable(verdict.stored),
    }).toEqual({
      code,
      causes: answer.causes && [...answer.causes].sort(compareStrings),
      message: answer.message,
      stored: answer.stored,
    });
  });
});

const causeText = ({ reason, field, message }: ReturnType<typeof judge>['errors'][number]): string =>
  `${reason}|${field}|${message}`;
