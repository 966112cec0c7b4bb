import { BinaryReader } from '@bufbuild/protobuf/wire';
import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../../base/json.ts';
import { preloadSchemas, schemaOf } from '../../openapi/built-in-schemas.ts';
import { printedByGo } from '../../openapi/go-json.ts';
import type { Schema } from '../../openapi/schema.ts';
import { builtInType } from '../../openapi/schema-table.ts';
import { parts } from './message-parts.ts';
import { readMessage } from './read-message.ts';

/** What every object in protobuf begins with: `k8s` and a zero. */
const MAGIC = [0x6b, 0x38, 0x73, 0];

/** Schemas in a schema have unions that are written in no other way than their own. */
const NOT_READ = 'apiextensions.k8s.io';

/** A kind of which nothing is known in protobuf: the body is no object, or its kind has no messages. */
export class UnknownMessage extends Error {}

/**
 * The object in a body of `application/vnd.kubernetes.protobuf`. Throws `UnknownMessage`, and what the reader throws at
 * bytes that are no such object.
 * Source: staging/src/k8s.io/apimachinery/pkg/runtime/serializer/protobuf/protobuf.go, runtime/types.go `Unknown`, 1.36.
 */
export async function objectFromProtobuf(body: Uint8Array): Promise<JsonObject> {
  if (MAGIC.some((byte, at) => body[at] !== byte))
    throw new UnknownMessage('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
  const { apiVersion, kind, raw } = readEnvelope(body.subarray(MAGIC.length));
  const { group, version } = parseApiVersion(apiVersion);
  await preloadSchemas([group]);
  const schema = kind === 'DeleteOptions' ? builtInType('meta/v1.DeleteOptions') : schemaOf({ group, version, kind });
  if (schema === undefined || group === NOT_READ)
    throw new UnknownMessage(`no kind "${kind}" is registered for version "${apiVersion}" in protobuf`);
  return { apiVersion, kind, ...asGoPrints(readMessage(raw, schema), schema) };
}

/** Go writes what a struct holds, empty or not; JSON leaves the empty out. */
function asGoPrints(object: JsonObject, schema: Schema): JsonObject {
  return printedByGo(object, schema) as JsonObject;
}

function readEnvelope(bytes: Uint8Array): { apiVersion: string; kind: string; raw: Uint8Array } {
  const envelope = { apiVersion: '', kind: '', raw: new Uint8Array() };
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (number === 1) {
      const { texts } = parts(reader.bytes());
      envelope.apiVersion = texts.get(1) ?? '';
      envelope.kind = texts.get(2) ?? '';
    } else if (number === 2) envelope.raw = new Uint8Array(reader.bytes());
    else reader.skip(wire, number);
  }
  return envelope;
}
