import { validateDns1123Subdomain } from './names.ts';
import { MUST_BE_NON_EMPTY, WELL_FORMED, regexMessage, tooLong } from './validation-messages.ts';
import type { Messages } from './validation-messages.ts';

/**
 * Label keys (also called qualified names: annotations, resources, taints) and label values.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/validate/content/kube.go, 1.36.
 */
export const LABEL_NAME_MAX_LENGTH = 63;
export const LABEL_VALUE_MAX_LENGTH = 63;

const LABEL_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${LABEL_NAME})?`;
const labelName = new RegExp(`^${LABEL_NAME}$`);
const labelValue = new RegExp(`^${LABEL_VALUE}$`);

const SIGNS =
  "consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const NAME_MESSAGE = regexMessage(`must ${SIGNS}`, LABEL_NAME, 'MyName', 'my.name', '123-abc');
const VALUE_MESSAGE = regexMessage(
  `a valid label must be an empty string or ${SIGNS}`,
  LABEL_VALUE,
  'MyValue',
  'my_value',
  '12345',
);

/** `name` or `prefix/name`, where the prefix is a DNS subdomain. */
export function validateLabelKey(value: string): Messages {
  const slash = value.indexOf('/');
  if (slash < 0) return validateName(value);
  if (value.includes('/', slash + 1)) {
    return [
      `a valid label key ${NAME_MESSAGE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  return [...validatePrefix(value.slice(0, slash)), ...validateName(value.slice(slash + 1))];
}

function validatePrefix(prefix: string): Messages {
  if (prefix === '') return [`prefix part ${MUST_BE_NON_EMPTY}`];
  return validateDns1123Subdomain(prefix, 'bytes').map((message) => `prefix part ${message}`);
}

function validateName(name: string): Messages {
  const length = name === '' ? [MUST_BE_NON_EMPTY] : tooLong(name, LABEL_NAME_MAX_LENGTH, 'bytes');
  if (labelName.test(name)) return length.map((message) => `name part ${message}`);
  return [...length, NAME_MESSAGE].map((message) => `name part ${message}`);
}

export function validateLabelValue(value: string): Messages {
  const long = tooLong(value, LABEL_VALUE_MAX_LENGTH, 'bytes');
  return labelValue.test(value) ? long : [...long, VALUE_MESSAGE];
}

/** A label key whose prefix is not optional. The empty key is "Required". */
export function validateDomainPrefixedKey(key: string): Messages {
  const messages = validateLabelKey(key);
  if (messages.length > 0 || key.includes('/')) return messages;
  return ['must be a domain-prefixed key (such as "acme.io/foo")'];
}

const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const httpPath = new RegExp(`^${HTTP_PATH}$`);

/** `acme.io/foo`: a DNS subdomain, a slash and an HTTP path. The empty path is "Required". */
export function validateDomainPrefixedPath(path: string): Messages {
  const slash = path.indexOf('/');
  if (slash <= 0 || slash === path.length - 1) return ['must be a domain-prefixed path (such as "acme.io/foo")'];
  const host = validateDns1123Subdomain(path.slice(0, slash));
  const rest = httpPath.test(path.slice(slash + 1)) ? WELL_FORMED : [regexMessage('Invalid path', HTTP_PATH)];
  return [...host, ...rest];
}
