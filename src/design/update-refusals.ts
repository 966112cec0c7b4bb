import type { KubernetesObject } from '../apimachinery/object.ts';
import { judgeUpdate } from '../kinds/judge-update.ts';
import type { JudgeContext } from '../kinds/served-kind.ts';
import type { VerdictError } from '../kinds/verdict.ts';
import type { DesignRecord } from './design.ts';
import type { Problem } from './problem.ts';
import { verdictOf } from './validity.ts';

interface Known {
  readonly old: KubernetesObject;
  readonly definitions: JudgeContext['customResources'];
  readonly errors: readonly VerdictError[];
}

/** What was found out, by the object as it is now. */
const known = new WeakMap<KubernetesObject, Known>();

/**
 * What a cluster that runs an older form of a record refuses of its newer form, although it would accept that as a new
 * object: fields that cannot be changed. Nothing where the name is another, which makes it another object, or where either
 * form is refused by itself. Schemas and strategies are loaded.
 */
export function updateRefusals(record: DesignRecord, old: DesignRecord, context: JudgeContext): readonly Problem[] {
  if (record.object === old.object || record.identity !== old.identity) return [];
  const errors = errorsOf(record, old, context);
  return errors.map(({ path, reason, message }) => ({
    id: 'object.immutable',
    severity: 'warning',
    record: record.id,
    field: path,
    params: { reason, message },
  }));
}

function errorsOf(record: DesignRecord, old: DesignRecord, context: JudgeContext): readonly VerdictError[] {
  const before = known.get(record.object);
  if (before?.old === old.object && before.definitions === context.customResources) return before.errors;
  const isComparable = verdictOf(record, context).valid === true && verdictOf(old, context).valid === true;
  const errors = isComparable ? judgeUpdate(record.object, old.object, context).errors : [];
  known.set(record.object, { old: old.object, definitions: context.customResources, errors });
  return errors;
}
