import { isKubernetesObject } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { applyConfiguration } from '../../../apimachinery/patch/server-side-apply/apply-configuration.ts';
import { onceIn } from '../admission.ts';
import { judgeRequest, prepareCreate } from '../judging.ts';
import { endpointOf, writerOf } from '../managed-fields.ts';
import { withCreationMetadata } from '../new-metadata.ts';
import { storageKeyOf } from '../served-resources.ts';
import type { Decoded } from '../field-validation.ts';
import { badRequest, isRefusal } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { WriteRequest, WriteVerb } from '../write-verbs.ts';
import { finishUpdate } from './update.ts';

/**
 * Server-side apply: makes the object, or merges the configuration into it by who owns what.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go `applyPatcher`, 1.36.
 */
export const apply: WriteVerb = (write) => {
  const { server, request, resource, current } = write;
  const { options } = request;
  const applied = appliedObject(write);
  if (isRefusal(applied)) return applied;
  const { object, served } = applied;
  if (current !== undefined) return finishUpdate(write, { object, served }, current);
  const named = onceIn(server, 'named', () => withCreationMetadata(object, server.context));
  const prepared = prepareCreate(server, { ...request, options: { ...options, patchType: 'apply' } }, served, named);
  if (isRefusal(prepared)) return prepared;
  return {
    key: storageKeyOf(resource, prepared.object),
    value: Object.freeze(prepared.object),
    expectedRevision: 0,
    code: 201,
    warnings: prepared.warnings,
    ...prepared.rest,
  };
};

/** The object after the configuration of a request, with who owns what of it, not yet judged. */
export function appliedObject({ server, request, current }: WriteRequest): Decoded | Refusal {
  const { body, options } = request;
  if (!isKubernetesObject(body)) return badRequest('no object in the body of the request');
  if (options?.fieldManager === undefined) return badRequest('fieldManager is required for apply patch');
  const decoded = judgeRequest(server, request, body);
  if (isRefusal(decoded)) return decoded;
  const { served } = decoded;
  const writer = { ...writerOf(request, server.context.nowMs), force: options.force === true };
  const applied = applyConfiguration(current?.object, body, writer, endpointOf(request, served));
  if (applied.ok) return { object: applied.object as KubernetesObject, served };
  const { code, message, causes } = applied;
  const reason = code === 409 ? 'Conflict' : code === 400 ? 'BadRequest' : 'InternalError';
  return { code, reason, message, details: { causes: causes.map((cause) => ({ ...cause })) } };
}
