import { arrayAt, numberAt, objectAt, stringAt } from '../base/json.ts';
import type { JsonValue } from '../base/json.ts';
import { withoutNothing } from '../simulator/client/query-options.ts';
import type { RequestOptions } from '../simulator/messages.ts';

const PATCH_TYPES: Readonly<Record<string, NonNullable<RequestOptions['patchType']>>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

export const PATCH_CONTENT_TYPES: readonly string[] = Object.keys(PATCH_TYPES);

/** How a patch is written; undefined where the content type is that of none. */
export function patchTypeOf(contentType: string): RequestOptions['patchType'] {
  return PATCH_TYPES[contentType];
}

/** What the body of a deletion adds. Source: types.go `DeleteOptions`. */
export function deleteOptions(body: JsonValue | undefined): RequestOptions {
  const preconditions = objectAt(body, 'preconditions');
  const policy = stringAt(body, 'propagationPolicy') as RequestOptions['propagationPolicy'];
  return withoutNothing({
    propagationPolicy: policy,
    gracePeriodSeconds: numberAt(body, 'gracePeriodSeconds'),
    dryRun: arrayAt(body, 'dryRun').includes('All') ? true : undefined,
    preconditions: preconditions as RequestOptions['preconditions'],
  });
}
