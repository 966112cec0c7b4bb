import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import { updateStruct } from '../shared/defaults/fill-in.ts';
import { NONE, integerAt, pointerAt, textAt } from '../shared/validation/fields.ts';

const DEFAULTS: JsonObject = { handSize: 8, queues: 64, queueLengthLimit: 50 };
const MAX_QUEUES = 10_000_000;
const MAX_HASH_BITS = 60;

/** `spec.limited.limitResponse`: a zero counts as missing. Source: pkg/apis/flowcontrol/v1/defaults.go, 1.36. */
export function setQueuingDefaults(response: JsonObject): JsonObject {
  if (objectAt(response, 'queuing') === undefined) return response;
  return updateStruct(response, 'queuing', (queuing) => {
    const missing = Object.keys(DEFAULTS).filter((name) => Number(integerAt(queuing, name)) === 0);
    if (missing.length === 0) return queuing;
    return { ...queuing, ...Object.fromEntries(missing.map((name) => [name, DEFAULTS[name]])) };
  });
}

/** Source: pkg/apis/flowcontrol/validation/validation.go, 1.36. */
export function validateLimitResponse(response: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const type = textAt(response, 'type');
  const queuing = pointerAt(response, 'queuing');
  const queuingPath = path.child('queuing');
  switch (type) {
    case 'Reject':
      if (queuing === undefined) return NONE;
      return [forbidden(queuingPath, 'must be nil if limited.limitResponse.type is not Limited')];
    case 'Queue':
      if (queuing !== undefined) return validateQueuing(queuing, queuingPath);
      return [required(queuingPath, 'must not be empty if limited.limitResponse.type is Limited')];
    default:
      return [notSupported(path.child('type'), type, ['Queue', 'Reject'])];
  }
}

function validateQueuing(queuing: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [length, queues] = [integerAt(queuing, 'queueLengthLimit'), integerAt(queuing, 'queues')];
  return [
    ...(length <= 0 ? [invalid(path.child('queueLengthLimit'), length, 'must be positive')] : NONE),
    ...(queues <= 0 ? [invalid(path.child('queues'), queues, 'must be positive')] : NONE),
    ...(queues > MAX_QUEUES ? [invalid(path.child('queues'), queues, `must not be greater than ${MAX_QUEUES}`)] : NONE),
    ...validateHandSize(integerAt(queuing, 'handSize'), queues, path.child('handSize')),
  ];
}

function validateHandSize(
  handSize: number | bigint,
  queues: number | bigint,
  path: ValidationPath,
): readonly FieldError[] {
  if (handSize <= 0) return [invalid(path, handSize, 'must be positive')];
  if (handSize > queues) return [invalid(path, handSize, `should not be greater than queues (${queues})`)];
  // Source: staging/src/k8s.io/apiserver/pkg/util/shufflesharding/shufflesharding.go, 1.36.
  const entropy = Math.ceil(Math.log2(Number(queues)) * Number(handSize));
  if (entropy <= MAX_HASH_BITS) return NONE;
  const sizes = `deckSize ${queues} and handSize ${handSize}`;
  return [invalid(path, handSize, `required entropy bits of ${sizes} should not be greater than ${MAX_HASH_BITS}`)];
}
