import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { nameOf } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import type { Path } from '../base/json.ts';
import { nameAt } from '../base/json.ts';
import type { AdmissionRequest, GroupResource } from './admission-request.ts';
import { formatGroupResource } from './admission-request.ts';

/** What a plugin lets pass, and what it does on the way. */
export interface Admitted {
  /** The object as the plugin leaves it; only from `admit`. */
  readonly object?: KubernetesObject;
  /** Other objects that the plugin writes before the request goes on: quotas with what is used then. Not on a dry run. */
  readonly writes?: readonly KubernetesObject[];
  /** Warning headers. */
  readonly warnings?: readonly string[];
  readonly auditAnnotations?: Readonly<Record<string, string>>;
}

/** A refusal as the API server sends it: a `Status`, and what only this side knows of the cause. */
export interface Refusal {
  /** HTTP status. */
  readonly code: number;
  /** `Forbidden`, `Invalid`…; a webhook may give any word, or none. */
  readonly reason: string;
  /** `status.message`, in the server's words. */
  readonly message: string;
  readonly details: RefusalDetails;
  /** The field of the request's object that is to blame, where that is certain. */
  readonly field?: Path;
  /** The objects on which the refusal rests: the quota, the LimitRange, the class. */
  readonly objects?: readonly ObjectKey[];
  /** What was given out before the request was refused. */
  readonly warnings?: readonly string[];
  readonly auditAnnotations?: Readonly<Record<string, string>>;
  /** Something that the request names is not there; more objects, and nothing else, would let it pass. */
  readonly missing?: ObjectKey;
}

export interface RefusalDetails {
  readonly name?: string;
  readonly group?: string;
  /** The resource, as `Status` has it. */
  readonly kind?: string;
  readonly causes?: readonly { readonly reason: string; readonly message?: string; readonly field?: string }[];
  readonly retryAfterSeconds?: number;
}

export interface ObjectKey extends GroupKind {
  readonly namespace: string;
  readonly name: string;
}

/** Undefined where a plugin has nothing to say. */
export type Answer = Admitted | Refusal | undefined;

export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'details' in answer;
}

/** A refusal with the warnings that were given before it; one that is given twice is heard once. */
export function withWarnings<Said extends { readonly warnings?: readonly string[] }>(
  refusal: Said,
  before: readonly string[],
): Said {
  if (before.length === 0) return refusal;
  return { ...refusal, warnings: [...new Set([...before, ...(refusal.warnings ?? [])])] };
}

/** What a refusal says besides its sentence. */
export interface Because {
  readonly causes?: RefusalDetails['causes'];
  readonly field?: Path;
  readonly objects?: readonly ObjectKey[];
  readonly missing?: ObjectKey;
}

/**
 * Status 403 on a request, before the object has a name if need be.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/errors.go, 1.36.
 */
export function forbidden(request: AdmissionRequest, message: string, because: Because = {}): Refusal {
  const { causes, ...rest } = because;
  const name = nameInMessages(request);
  return {
    code: 403,
    reason: 'Forbidden',
    message: `${formatGroupResource(request.resource)} ${quoteString(name)} is forbidden: ${message}`,
    details: detailsOf(request.resource, name, causes),
    ...rest,
  };
}

export function nameInMessages({ name, object }: AdmissionRequest): string {
  if (name !== '') return name;
  const generateName = nameAt(object, 'metadata', 'generateName');
  return (object === undefined ? '' : nameOf(object)) || generateName || 'Unknown';
}

/** Status 404. Source: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go `NewNotFound`, 1.36. */
export function notFound(resource: GroupResource, name: string, missing?: ObjectKey): Refusal {
  const message = `${formatGroupResource(resource)} ${quoteString(name)} not found`;
  const refusal = { code: 404, reason: 'NotFound', message, details: detailsOf(resource, name) } as const;
  return missing === undefined ? refusal : { ...refusal, missing };
}

function detailsOf(
  { group, resource }: GroupResource,
  name: string,
  causes?: RefusalDetails['causes'],
): RefusalDetails {
  return {
    name,
    ...(group === '' ? {} : { group }),
    kind: resource,
    ...(causes === undefined ? {} : { causes }),
  };
}

/**
 * Status 500 for an error that a plugin does not make a `Status`. Source:
 * staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/status.go `ErrorToAPIStatus`, 1.36.
 */
export function plainError(message: string, because: Pick<Because, 'field' | 'objects'> = {}): Refusal {
  return { code: 500, reason: '', message, details: {}, ...because };
}

/** Several errors of one request as one. Source: staging/src/k8s.io/apimachinery/pkg/util/errors/errors.go, 1.36. */
export function aggregateMessage(messages: readonly string[]): string {
  const once = [...new Set(messages)];
  return once.length === 1 ? once[0]! : `[${once.join(', ')}]`;
}
