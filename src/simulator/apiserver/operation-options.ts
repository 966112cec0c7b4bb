import type { Operation } from '../../admission/admission-request.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiRequest } from '../messages.ts';
import { isDryRun } from './dry-run.ts';

/** A connection has none. */
const KINDS: Readonly<Record<Exclude<Operation, 'CONNECT'>, string>> = {
  CREATE: 'CreateOptions',
  UPDATE: 'UpdateOptions',
  DELETE: 'DeleteOptions',
};

/**
 * The options of a request as admission sees them.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/{create,update,patch,delete}.go, 1.36.2: a patch
 * has those of the create or update that it comes to.
 */
export function operationOptions(request: ApiRequest, operation: Operation): JsonObject | undefined {
  if (operation === 'CONNECT') return undefined;
  const { fieldManager, fieldValidation } = request.options ?? {};
  const { propagationPolicy, gracePeriodSeconds, preconditions } = request.options ?? {};
  const isDelete = operation === 'DELETE';
  return {
    kind: KINDS[operation],
    apiVersion: 'meta.k8s.io/v1',
    ...(isDryRun(request) ? { dryRun: ['All'] } : {}),
    ...(fieldManager === undefined || isDelete ? {} : { fieldManager }),
    ...(fieldValidation === undefined || isDelete ? {} : { fieldValidation }),
    ...(isDelete && gracePeriodSeconds !== undefined ? { gracePeriodSeconds } : {}),
    ...(isDelete && preconditions !== undefined ? { preconditions } : {}),
    ...(isDelete && propagationPolicy !== undefined ? { propagationPolicy } : {}),
  };
}
