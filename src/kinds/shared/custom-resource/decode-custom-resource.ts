import { formatFieldError } from '../../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject, Path } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import type { Decoded } from '../../../openapi/decode.ts';
import { refusedByItself, strictError, strictRefusal } from '../../../openapi/decode.ts';
import { coerceEmbedded } from './embedded-resources.ts';
import { decodeObjectMeta } from './object-meta-decoding.ts';
import { prune, pruneNulls } from './prune.ts';
import { structuralSchema } from './structural-schema.ts';

/**
 * Reads a custom resource as the server does with strict field validation: fields that stand twice, then those that the
 * metadata, the schema and the resources inside do not know; nulls that nobody asked for go. `keepsUnknown`: the definition
 * has `preserveUnknownFields`. Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/
 * customresource_handler.go `schemaCoercingDecoder`, 1.36.
 */
export function decodeCustomResource(
  object: KubernetesObject,
  source: JsonObject,
  keepsUnknown: boolean,
  repeated: readonly Path[] = [],
): Decoded<KubernetesObject> {
  const schema = structuralSchema(source);
  const written = valueAt(object, 'metadata');
  const meta = written === undefined ? { metadata: undefined, unknown: [] } : decodeObjectMeta(written, ['metadata']);
  if ('problem' in meta) return refusedByItself(['metadata', ...meta.path], meta.problem);
  const pruned = keepsUnknown ? { value: object, unknown: [] } : prune(object, schema, true);
  const filled = keepsUnknown ? object : pruneNulls(pruned.value, schema);
  const { value, unknown, error } = coerceEmbedded(filled, schema);
  if (error !== undefined) return refusedByItself(error.path.steps, formatFieldError(error));
  const strict = [
    ...repeated.map((path) => strictError('duplicate', path)),
    ...[...meta.unknown, ...pruned.unknown, ...unknown].map(({ path }) => strictError('unknown', path)),
  ];
  if (strict.length > 0) return strictRefusal(strict);
  const decoded = meta.metadata === undefined ? value : { ...value, metadata: meta.metadata };
  return { ok: true, object: decoded, structure: [] };
}
