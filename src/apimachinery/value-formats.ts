import { WELL_FORMED, MUST_BE_NON_EMPTY, inclusiveRangeMessage, regexMessage, tooLong } from './validation-messages.ts';
import type { Messages } from './validation-messages.ts';
import { DNS_SUBDOMAIN_MAX_LENGTH } from './names.ts';

/**
 * Formats of values other than object names. Each check returns the API server's messages, none when the value is good.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go, pkg/api/validate/content/{identifier,
 * decimal_int}.go and pkg/api/validate/strfmt.go, 1.36.
 */

/** A number that must be an integer from `low` to `high`. */
export function validateInRange(value: number | bigint, low: number, high: number): Messages {
  return value >= low && value <= high ? WELL_FORMED : [inclusiveRangeMessage(low, high)];
}

export function validatePortNumber(port: number | bigint): Messages {
  return validateInRange(port, 1, 65535);
}

const INT32_MAX = 2147483647;

/** Also what a group id must be. */
export function validateUserId(id: number | bigint): Messages {
  return validateInRange(id, 0, INT32_MAX);
}

/** The name of a container port, and a named target port: IANA_SVC_NAME, in lower case. */
export function validatePortName(name: string): Messages {
  const messages = [...tooLong(name, 15, 'characters')];
  if (!/^[-a-z0-9]+$/.test(name)) {
    messages.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(name)) messages.push('must contain at least one letter (a-z)');
  if (name.includes('--')) messages.push('must not contain consecutive hyphens');
  if (name.startsWith('-') || name.endsWith('-')) messages.push('must not begin or end with a hyphen');
  return messages;
}

const PERCENT = '[0-9]+%';
const percent = new RegExp(`^${PERCENT}$`);

/** `25%`; more than 100% is well formed. */
export function validatePercent(text: string): Messages {
  if (percent.test(text)) return WELL_FORMED;
  const message = "a valid percent string must be a numeric string followed by an ending '%'";
  return [regexMessage(message, PERCENT, '1%', '93%')];
}

const HTTP_HEADER_NAME = '[-A-Za-z0-9]+';
const httpHeaderName = new RegExp(`^${HTTP_HEADER_NAME}$`);

export function validateHttpHeaderName(name: string): Messages {
  if (httpHeaderName.test(name)) return WELL_FORMED;
  const message = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [regexMessage(message, HTTP_HEADER_NAME, 'X-Header-Name')];
}

/** The name of an environment variable since 1.34: any printable ASCII but `=`. */
export function validateEnvVarName(name: string): Messages {
  if (name === '') return [`environment variable name ${MUST_BE_NON_EMPTY}`];
  if (/^[ -<>-~]+$/.test(name)) return WELL_FORMED;
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

const STRICT_ENV_VAR_NAME = '[-._a-zA-Z][-._a-zA-Z0-9]*';
const strictEnvVarName = new RegExp(`^${STRICT_ENV_VAR_NAME}$`);

/** The name of an environment variable as it had to be up to 1.31, and as `envFrom` prefixes still have to be. */
export function validateStrictEnvVarName(name: string): Messages {
  const message =
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
  const format = strictEnvVarName.test(name)
    ? []
    : [regexMessage(message, STRICT_ENV_VAR_NAME, 'my.env-name', 'MY_ENV.NAME', 'MyEnvName1')];
  return [...format, ...dotsAtStart(name)];
}

const CONFIG_MAP_KEY = '[-._a-zA-Z0-9]+';
const configMapKey = new RegExp(`^${CONFIG_MAP_KEY}$`);

/** A key of a ConfigMap's or Secret's data, which may become a file name. */
export function validateConfigMapKey(key: string): Messages {
  const message = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  const format = configMapKey.test(key)
    ? []
    : [regexMessage(message, CONFIG_MAP_KEY, 'key.name', 'KEY_NAME', 'key-name')];
  return [...tooLong(key, DNS_SUBDOMAIN_MAX_LENGTH, 'characters'), ...format, ...dotsAtStart(key)];
}

function dotsAtStart(name: string): Messages {
  if (name === '.' || name === '..') return [`must not be '${name}'`];
  return name.startsWith('..') ? ["must not start with '..'"] : WELL_FORMED;
}

const C_IDENTIFIER = '[A-Za-z_][A-Za-z0-9_]*';
const cIdentifier = new RegExp(`^${C_IDENTIFIER}$`);

export function validateCIdentifier(name: string): Messages {
  if (cIdentifier.test(name)) return WELL_FORMED;
  const message =
    "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'";
  return [regexMessage(message, C_IDENTIFIER, 'my_name', 'MY_NAME', 'MyName')];
}

/** An integer of any size, written as a person would: no plus, no leading zero, no `-0`. */
export function validateDecimalInteger(text: string): Messages {
  if (text === '') return [MUST_BE_NON_EMPTY];
  return /^(?:0|-?[1-9][0-9]*)$/.test(text) ? WELL_FORMED : ['must be a valid decimal integer in canonical form'];
}

export function validateUuid(text: string): Messages {
  const wellFormed = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
  return wellFormed ? WELL_FORMED : ['must be a lowercase UUID in 8-4-4-4-12 format'];
}
