import { join } from 'node:path';
import { isKubernetesObject } from '../../src/apimachinery/object.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { asArray, asObject, numberAt, stringAt } from '../../src/base/json.ts';
import type { Case } from './cases.ts';
import { jsonLines } from './cases.ts';

/** Answers of a kube-apiserver 1.36.2, the pinned release, without admission: see testdata/README.md. */
const RECORDED_1_36 = join(process.cwd(), 'test/agreement/testdata/verdicts-1.36.ndjson.gz');

/** A case of the pinned release: no difference of release stands between its answer and ours. */
export interface PinnedCase extends Case {
  /** What was changed in a valid object: `spec.ports[].port: zero`; '' where nothing was. */
  readonly change: string;
}

export function pinnedReleaseCases(path = RECORDED_1_36): readonly PinnedCase[] {
  return jsonLines(path).flatMap((line): readonly PinnedCase[] => {
    const { object, old } = line;
    if (!isKubernetesObject(object)) return [];
    return [
      {
        id: stringAt(line, 'id') ?? '',
        source: 'kube-apiserver 1.36.2',
        op: line['op'] === 'update' ? 'update' : 'create',
        object,
        old: isKubernetesObject(old) ? old : undefined,
        answer: {
          accepted: line['verdict'] === 'accepted',
          code: numberAt(line, 'code') ?? 0,
          message: stringAt(line, 'message') ?? '',
          causes: causesOf(line),
          stored: asObject(line['stored']),
          warnings: asArray(line['warnings']).map(String),
        },
        definitions: [],
        isPinned: true,
        change: stringAt(line, 'change') ?? '',
      },
    ];
  });
}

function causesOf(line: JsonObject): PinnedCase['answer']['causes'] {
  return asArray(line['causes']).map((cause) => {
    const [field, reason, message] = asArray(cause).map(String);
    return { field: field ?? '', reason: reason ?? '', message: message ?? '' };
  });
}
