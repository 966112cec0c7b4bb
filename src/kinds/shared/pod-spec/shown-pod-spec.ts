import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { asObject, objectAt, valueAt } from '../../../base/json.ts';
import { shownStruct, structsOf } from '../validation/go-structs.ts';
import type { Structs } from '../validation/go-structs.ts';
import { POD_STRUCTS } from './internal-structs.ts';

let structs: Structs | undefined;

/** A Pod template as the server prints it in an error: its internal version. */
export function shownPodTemplate(template: JsonValue | undefined): JsonObject {
  structs ??= structsOf(POD_STRUCTS);
  const spec = internalSpec(valueAt(template, 'spec'));
  return shownStruct({ ...asObject(template), spec }, structs['PodTemplateSpec']!, structs);
}

/** A Pod's spec as the server prints it. */
export function shownPodSpec(spec: JsonValue | undefined): JsonObject {
  structs ??= structsOf(POD_STRUCTS);
  return shownStruct(internalSpec(spec), structs['PodSpec']!, structs);
}

const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];

/** What the internal version keeps elsewhere. Source: pkg/apis/core/v1/conversion.go `Convert_v1_PodSpec_To_core_PodSpec`, 1.36. */
function internalSpec(spec: JsonValue | undefined): JsonObject {
  const fields = asObject(spec) ?? {};
  const host = Object.fromEntries(
    HOST_FIELDS.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]]])),
  );
  const securityContext = { ...objectAt(fields, 'securityContext'), ...host };
  const account = fields['serviceAccountName'] || fields['serviceAccount'];
  return { ...fields, securityContext, ...(account === undefined ? {} : { serviceAccountName: account }) };
}
