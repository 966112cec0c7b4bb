import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import { validateHttpHeaderName } from '../../../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../base/json.ts';
import { NONE, integerAt, pointerAt, requireText, textAt, validateEnum } from '../../validation/fields.ts';
import { invalidFor } from '../../validation/messages.ts';
import { validatePort, validatePortNumberOrName } from '../../validation/ports.ts';

/** `terminationGracePeriodSeconds` of the Pod, where it is known. */
export type GracePeriod = number | bigint | undefined;

type ValidateHandler = (handler: JsonValue, path: ValidationPath, grace: GracePeriod) => readonly FieldError[];
type Handlers = readonly (readonly [field: string, validate: ValidateHandler])[];

const EXEC: Handlers[number] = ['exec', validateExec];
const HTTP_GET: Handlers[number] = ['httpGet', validateHttpGet];
const TCP_SOCKET: Handlers[number] = [
  'tcpSocket',
  (handler, path) => validatePortNumberOrName(valueAt(handler, 'port'), path.child('port')),
];
const GRPC: Handlers[number] = [
  'grpc',
  (handler, path) => validatePort(integerAt(handler, 'port'), path.child('port')),
];
const SLEEP: Handlers[number] = ['sleep', validateSleep];

/** What a probe can ask, and what a hook can do. */
export const PROBE_HANDLERS: Handlers = [EXEC, HTTP_GET, TCP_SOCKET, GRPC];
export const LIFECYCLE_HANDLERS: Handlers = [EXEC, HTTP_GET, TCP_SOCKET, SLEEP];

/** Exactly one handler, and it must be good. Source: pkg/apis/core/validation/validation.go `validateHandler`, 1.36. */
export function validateHandler(
  parent: JsonValue,
  handlers: Handlers,
  path: ValidationPath,
  grace: GracePeriod,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  let found = false;
  for (const [field, validate] of handlers) {
    const handler = pointerAt(parent, field);
    if (handler === undefined) continue;
    if (found) errors.push(forbidden(path.child(field), 'may not specify more than 1 handler type'));
    else errors.push(...validate(handler, path.child(field), grace));
    found = true;
  }
  return found ? errors : [required(path, 'must specify a handler type')];
}

function validateExec(exec: JsonValue, path: ValidationPath): readonly FieldError[] {
  return arrayAt(exec, 'command').length === 0 ? [required(path.child('command'))] : NONE;
}

function validateHttpGet(http: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...requireText(http, 'path', path),
    ...validatePortNumberOrName(valueAt(http, 'port'), path.child('port')),
    ...validateEnum(textAt(http, 'scheme'), path.child('scheme'), ['HTTP', 'HTTPS']),
    ...arrayAt(http, 'httpHeaders').flatMap((header) => {
      const name = textAt(header, 'name');
      return invalidFor(path.child('httpHeaders'), name, validateHttpHeaderName(name));
    }),
  ];
}

export function validateSleep(sleep: JsonValue, path: ValidationPath, grace: GracePeriod): readonly FieldError[] {
  const seconds = integerAt(sleep, 'seconds');
  if (grace === undefined || (seconds >= 0 && seconds <= grace)) return NONE;
  return [invalid(path, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`)];
}
