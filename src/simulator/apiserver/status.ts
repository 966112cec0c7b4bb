import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, stringAt } from '../../base/json.ts';
import type { ApiResponse } from '../messages.ts';
import type { ServedResource } from './served-resources.ts';

/** How an API server says no. */
export interface Refusal {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: object;
  /** Warning headers: what was said before it was refused. */
  readonly warnings?: readonly string[];
  /** A token with which a list may go on. */
  readonly continue?: string;
}

export function isRefusal(answer: object): answer is Refusal {
  return 'code' in answer && 'reason' in answer && 'message' in answer;
}

/** The object that carries a refusal. Source: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go, 1.36. */
export function statusOf({ code, reason, message, details, continue: token }: Refusal): KubernetesObject {
  return Object.freeze({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: token === undefined ? {} : { continue: token },
    status: 'Failure',
    message,
    reason,
    ...(details === undefined ? {} : { details: details as JsonObject }),
    code,
  });
}

/** The answer to a subresource that makes something and has nothing to show. */
export const SUCCESS: KubernetesObject = Object.freeze({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  code: 201,
});

type Named = Pick<ServedResource, 'group' | 'plural' | 'qualified'>;

function detailsOf(resource: Named, name: string): Readonly<Record<string, JsonValue>> {
  return { name, ...(resource.group === '' ? {} : { group: resource.group }), kind: resource.plural };
}

export function notFound(resource: ServedResource, name: string): Refusal {
  return {
    code: 404,
    reason: 'NotFound',
    message: `${resource.qualified} "${name}" not found`,
    details: detailsOf(resource, name),
  };
}

export function alreadyExists(resource: ServedResource, name: string): Refusal {
  return {
    code: 409,
    reason: 'AlreadyExists',
    message: `${resource.qualified} "${name}" already exists`,
    details: detailsOf(resource, name),
  };
}

export function conflict(resource: Named, name: string, why: string): Refusal {
  return {
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${resource.qualified} "${name}": ${why}`,
    details: detailsOf(resource, name),
  };
}

/** Source: storage/interfaces.go `Preconditions.Check`, storage/errors.go, storage/errors/storage.go, 1.36. */
export function preconditionFailed(resource: Named, key: string, name: string, why: string): Refusal {
  const error = `invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: ${why}`;
  return conflict(resource, name, `StorageError: ${error}`);
}

/** Source: staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go `OptimisticLockErrorMsg`, 1.36. */
export const OBJECT_MODIFIED =
  'the object has been modified; please apply your changes to the latest version and try again';

export function badRequest(message: string): Refusal {
  return { code: 400, reason: 'BadRequest', message };
}

/** Source: apimachinery/pkg/api/errors/errors.go `NewInternalError`, 1.36. */
export function internalError(message: string): Refusal {
  const details = { causes: [{ message }] };
  return { code: 500, reason: 'InternalError', message: `Internal error occurred: ${message}`, details };
}

/** The refusal that a response carries; undefined for one that grants what was asked. */
export function refusalIn({ code, body, failure }: ApiResponse): Refusal | undefined {
  if (code >= 200 && code < 300) return undefined;
  if (body === undefined) return internalError(failure === 'refused' ? 'connection refused' : 'deadline exceeded');
  const details = objectAt(body, 'details');
  return {
    code,
    reason: stringAt(body, 'reason') ?? '',
    message: stringAt(body, 'message') ?? '',
    ...(details === undefined ? {} : { details }),
  };
}

export function gone(message: string): Refusal {
  return { code: 410, reason: 'Expired', message };
}

/** Source: apimachinery/pkg/api/errors/errors.go `NewTimeoutError`, 1.36. */
export function timeout(message: string, details: object = {}): Refusal {
  return { code: 504, reason: 'Timeout', message: `Timeout: ${message}`, details };
}

/** Source: staging/src/k8s.io/apiserver/pkg/storage/errors.go `NewTooLargeResourceVersionError`, 1.36. */
export function tooLargeResourceVersion(wanted: number, current: number): Refusal {
  return timeout(`Too large resource version: ${wanted}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });
}

/** A path that no resource has. */
export const UNKNOWN_PATH: Refusal = {
  code: 404,
  reason: 'NotFound',
  message: 'the server could not find the requested resource',
};

export const METHOD_NOT_ALLOWED: Refusal = {
  code: 405,
  reason: 'MethodNotAllowed',
  message: 'the server does not allow this method on the requested resource',
};

/** The connection to etcd broke before it answered. Source: google.golang.org/grpc, as storage hands its errors on, 1.36. */
export const STORAGE_UNAVAILABLE: Refusal = {
  code: 500,
  reason: 'InternalError',
  message: 'rpc error: code = Unavailable desc = transport is closing',
};

/** The quota of etcd is used up. Source: etcd api/v3rpc/rpctypes/error.go `ErrGRPCNoSpace`, 3.6.8. */
export const NO_SPACE: Refusal = {
  code: 500,
  reason: 'InternalError',
  message: 'etcdserver: mvcc: database space exceeded',
};

/** Source: storage/errors.go and endpoints/handlers/responsewriters, 1.36: etcd did not answer in time. */
export const STORAGE_TIMEOUT: Refusal = {
  code: 500,
  reason: 'InternalError',
  message: 'etcdserver: request timed out',
};
