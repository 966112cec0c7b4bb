import { useMemo } from 'react';
import { parseFieldPath } from '../../apimachinery/field-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { step } from '../../base/json.ts';
import type { RecordId } from '../../design/design.ts';
import type { Problem } from '../../design/problem.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { useCardLife } from './card-life.ts';

/** What the cluster that runs refused of an object's last change, at its fields; none while no run is open. */
export function useRefusedProblems(record: RecordId): readonly Problem[] {
  const refusal = useCardLife(record)?.refusal;
  const object = useWorkspaceState(({ design }) => design.records.get(record)?.object);
  return useMemo(() => {
    if (refusal === undefined) return NONE;
    const { message, causes } = refusal;
    const problem = (field: Problem['field'], words: string): Problem => ({
      id: 'rehearsal.refused',
      severity: 'error',
      record,
      field,
      params: { message: words },
    });
    if (causes.length === 0) return [problem([], message)];
    return causes.map((cause) => problem(placeOf(cause.field, object), cause.message));
  }, [refusal, record, object]);
}

/**
 * Where in an object a field of the server's answer stands. A conflict names items of a list by their keys,
 * `.spec.template.spec.containers[name="web"].image`; those that are not there end the path.
 */
export function placeOf(field: string, object: JsonValue | undefined): Problem['field'] {
  const path: (string | number)[] = [];
  let value = object;
  for (const part of parseFieldPath(field)) {
    const keys = typeof part === 'string' && Array.isArray(value) ? keysOf(part) : undefined;
    const at = keys === undefined ? part : (value as readonly JsonValue[]).findIndex((item) => hasKeys(item, keys));
    if (at === -1) break;
    path.push(at);
    value = step(value, at);
  }
  return path;
}

type Keys = readonly (readonly [key: string, value: string])[];

/** Of `containerPort=80,protocol="TCP"`. */
function keysOf(part: string): Keys {
  return [...part.matchAll(/([\w-]+)=("(?:[^"\\]|\\.)*"|[^,]+)/g)].map(([, key = '', value = '']) => [key, value]);
}

function hasKeys(item: JsonValue, keys: Keys): boolean {
  return keys.every(([key, value]) => JSON.stringify(step(item, key) ?? DEFAULTS[key]) === value);
}

/** What a manifest may leave out of the keys of its lists. */
const DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' };

/** What the cluster said stands for what it was foretold to say. */
export function withRefused(foretold: readonly Problem[], refused: readonly Problem[]): readonly Problem[] {
  if (refused.length === 0) return foretold;
  const words = new Set(refused.map(({ field, params }) => `${field.join('.')} ${params['message']}`));
  return [...refused, ...foretold.filter(({ field, params }) => !words.has(`${field.join('.')} ${params['message']}`))];
}

const NONE: readonly Problem[] = [];
