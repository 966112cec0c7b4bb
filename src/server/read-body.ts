import type { IncomingMessage } from 'node:http';
import type { JsonValue } from '../base/json.ts';
import { readManifest } from '../manifest/read.ts';
import { UnknownMessage, objectFromProtobuf } from './protobuf/read-envelope.ts';

/** Source: staging/src/k8s.io/apiserver/pkg/server/config.go `MaxRequestBodyBytes`, 1.36. */
const MOST_BYTES = 3 * 1024 * 1024;

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

const UNKNOWN_FORMAT =
  'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf';

export class BodyError extends Error {
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

/** The body of a request, JSON, YAML or protobuf; undefined where it is empty. Throws `BodyError`. */
export async function readBody(request: IncomingMessage, contentType: string): Promise<JsonValue | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES)
      throw new BodyError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${MOST_BYTES}`);
    chunks.push(chunk as Buffer);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length > 0 && contentType === PROTOBUF) return readProtobuf(bytes);
  const text = bytes.toString('utf8');
  if (text.trim() === '') return undefined;
  if (/protobuf|cbor/.test(contentType)) throw new BodyError(415, 'UnsupportedMediaType', UNKNOWN_FORMAT);
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const object = contentType.includes('yaml') ? objectIn(text) : undefined;
    if (object !== undefined) return object;
    throw new BodyError(400, 'BadRequest', error instanceof Error ? error.message : String(error));
  }
}

async function readProtobuf(bytes: Uint8Array): Promise<JsonValue> {
  try {
    return await objectFromProtobuf(bytes);
  } catch (error) {
    if (error instanceof UnknownMessage) throw new BodyError(415, 'UnsupportedMediaType', UNKNOWN_FORMAT);
    throw new BodyError(400, 'BadRequest', error instanceof Error ? error.message : String(error));
  }
}

function objectIn(text: string): JsonValue | undefined {
  for (const segment of readManifest('body', text).segments)
    if (segment.type === 'document') for (const { object } of segment.objects) return object;
  return undefined;
}
