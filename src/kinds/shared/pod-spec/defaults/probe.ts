import type { JsonObject } from '../../../../base/json.ts';
import { isJsonObject } from '../../../../base/json.ts';
import { fillIn, fillInText, updateStruct } from '../../defaults/fill-in.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const PROBE_NUMBERS = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 } as const;

/** Probes and hooks of a container. Source: pkg/apis/core/v1/defaults.go, 1.36. */
export function defaultProbesAndLifecycle(container: JsonObject): JsonObject {
  const probed = PROBES.reduce((object, name) => whereWritten(object, name, defaultProbe), container);
  return whereWritten(probed, 'lifecycle', (lifecycle) =>
    ['postStart', 'preStop'].reduce((object, name) => whereWritten(object, name, defaultHttpGetIn), lifecycle),
  );
}

function defaultProbe(probe: JsonObject): JsonObject {
  return whereWritten(defaultHttpGetIn(fillInNumbers(probe)), 'grpc', (grpc) => fillIn(grpc, { service: '' }));
}

/** These numbers are no pointers: 0 is as good as missing. */
function fillInNumbers(probe: JsonObject): JsonObject {
  const missing = Object.entries(PROBE_NUMBERS).filter(([name]) => (probe[name] ?? 0) === 0);
  return missing.length === 0 ? probe : { ...probe, ...Object.fromEntries(missing) };
}

function defaultHttpGetIn(handler: JsonObject): JsonObject {
  return whereWritten(handler, 'httpGet', (httpGet) => fillInText(httpGet, { path: '/', scheme: 'HTTP' }));
}

/** A struct behind a pointer, passed through a function where it is there. */
export function whereWritten<T extends JsonObject>(
  object: T,
  name: string,
  update: (value: JsonObject) => JsonObject,
): T {
  return isJsonObject(object[name]) ? updateStruct(object, name, update) : object;
}
