import { isVerdict, servedKindOf } from '../../kinds/served-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Schema } from '../../openapi/schema.ts';
import type { CheckContext } from '../checks/check.ts';
import { judgeContextOf } from '../validity.ts';

/** The schema an object is judged by; undefined where none is known or loaded. */
export function schemaOfObject(object: KubernetesObject, { design, registry }: CheckContext): Schema | undefined {
  const served = servedKindOf(object, judgeContextOf(design, registry));
  return isVerdict(served) ? undefined : served.schema;
}
