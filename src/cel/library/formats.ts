import { base64Problem } from '../../openapi/base64-problem.ts';
import { validateLabelKey, validateLabelValue } from '../../apimachinery/label-names.ts';
import {
  maskTrailingDash,
  validateDns1035Label,
  validateDns1123Label,
  validateDns1123Subdomain,
} from '../../apimachinery/names.ts';
import { isRequestUri } from '../../apimachinery/request-uri.ts';
import { parseTime } from '../../apimachinery/time.ts';
import { noSuchOverload } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import { NONE, some, special } from '../value.ts';
import type { Implementation } from './operators.ts';
import { text } from './strings.ts';

const FORMAT = 'kubernetes.NamedFormat';

type Validate = (value: string) => readonly string[];

const prefix =
  (validateName: Validate): Validate =>
  (value) =>
    validateName(maskTrailingDash(value));

const only =
  (isGood: (value: string) => boolean, words: string): Validate =>
  (value) =>
    isGood(value) ? [] : [words];

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** Source: staging/src/k8s.io/apiserver/pkg/cel/library/format.go, 1.36. */
const FORMATS: Readonly<Record<string, Validate>> = {
  dns1123Label: (value) => validateDns1123Label(value),
  dns1123Subdomain: (value) => validateDns1123Subdomain(value),
  dns1035Label: validateDns1035Label,
  qualifiedName: validateLabelKey,
  dns1123LabelPrefix: prefix((value) => validateDns1123Label(value)),
  dns1123SubdomainPrefix: prefix((value) => validateDns1123Subdomain(value)),
  dns1035LabelPrefix: prefix(validateDns1035Label),
  labelValue: validateLabelValue,
  uri: (value) => (isRequestUri(value) ? [] : [`parse ${JSON.stringify(value)}: invalid URI for request`]),
  uuid: only((value) => UUID.test(value), 'does not match the UUID format'),
  byte: only((value) => base64Problem(value) === undefined, 'invalid base64'),
  date: only((value) => parseTime(`${value}T00:00:00Z`) !== undefined, 'invalid date'),
  datetime: only((value) => parseTime(value) !== undefined, 'invalid datetime'),
};

/** Characters of the pattern of each format, as the server counts them. Source: the same file, `MaxRegexSize`. */
const PATTERN_LENGTHS: Readonly<Record<string, number>> = {
  dns1123Label: 30,
  dns1123Subdomain: 60,
  dns1035Label: 30,
  qualifiedName: 60,
  dns1123LabelPrefix: 30,
  dns1123SubdomainPrefix: 60,
  dns1035LabelPrefix: 30,
  labelValue: 40,
  uri: 1103,
  uuid: 70,
  byte: 84,
  date: 71,
  datetime: 71,
};

/** Undefined for what is no format. */
export function formatPatternLength(value: Value | undefined): number | undefined {
  const own = value === undefined ? undefined : special(value);
  return own?.type === FORMAT ? PATTERN_LENGTHS[String(own.value)] : undefined;
}

const formatValue = (name: string): Value => ({ type: FORMAT, value: name });

function validate([value, given]: readonly Value[]): Value {
  const own = value === undefined ? undefined : special(value);
  const rule = own?.type === FORMAT ? FORMATS[String(own.value)] : undefined;
  if (rule === undefined) throw noSuchOverload();
  const problems = rule(text(given));
  return problems.length === 0 ? NONE : some(problems);
}

export const NAMED_FORMATS: Readonly<Record<string, Implementation>> = {
  ...Object.fromEntries(
    Object.keys(FORMATS).map((name): [string, Implementation] => [`format.${name}`, () => formatValue(name)]),
  ),
  'format.named': ([name]) => (Object.hasOwn(FORMATS, text(name)) ? some(formatValue(text(name))) : NONE),
  validate,
};
