import { WELL_FORMED, regexMessage, tooLong } from './validation-messages.ts';
import type { Messages } from './validation-messages.ts';

/**
 * The names that objects may bear. Each check returns the API server's messages, none when the name is good.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go, pkg/api/validate/content/{dns,path}.go and
 * pkg/api/validation/generic.go, 1.36. Lengths are counted in bytes.
 */
export const DNS_LABEL_MAX_LENGTH = 63;
export const DNS_SUBDOMAIN_MAX_LENGTH = 253;
/** The CronJob controller appends 11 characters to make a Job's name. Source: pkg/apis/batch/validation, 1.36. */
export const CRON_JOB_NAME_MAX_LENGTH = DNS_LABEL_MAX_LENGTH - 11;

const DNS_1123_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_1123_SUBDOMAIN = `${DNS_1123_LABEL}(\\.${DNS_1123_LABEL})*`;
const UNDERSCORE_LABEL = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const UNDERSCORE_SUBDOMAIN = `${UNDERSCORE_LABEL}(\\.${UNDERSCORE_LABEL})*`;
const DNS_1035_LABEL = '[a-z]([-a-z0-9]*[a-z0-9])?';
const WILDCARD_SUBDOMAIN = `\\*\\.${DNS_1123_SUBDOMAIN}`;

const dns1123Label = new RegExp(`^${DNS_1123_LABEL}$`);
const dns1123Subdomain = new RegExp(`^${DNS_1123_SUBDOMAIN}$`);
const dns1123SubdomainCaseless = new RegExp(`^${DNS_1123_SUBDOMAIN}$`, 'i');
const underscoreSubdomain = new RegExp(`^${UNDERSCORE_SUBDOMAIN}$`);
const dns1035Label = new RegExp(`^${DNS_1035_LABEL}$`);
const wildcardSubdomain = new RegExp(`^${WILDCARD_SUBDOMAIN}$`);

const ALPHANUMERIC_ENDS = 'and must start and end with an alphanumeric character';

/**
 * Namespaces, container names, Pod host names: `my-name`. `unit` is the server's word: declarative validation speaks of
 * bytes.
 */
export function validateDns1123Label(value: string, unit: 'bytes' | 'characters' = 'characters'): Messages {
  const long = tooLong(value, DNS_LABEL_MAX_LENGTH, unit);
  if (dns1123Label.test(value)) return long;
  if (dns1123Subdomain.test(value)) return [...long, 'must not contain dots'];
  const message = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', ${ALPHANUMERIC_ENDS}`;
  return [...long, regexMessage(message, DNS_1123_LABEL, 'my-name', '123-abc')];
}

/** The name of most objects: `example.com`. `unit` is the server's word, which differs inside label keys. */
export function validateDns1123Subdomain(value: string, unit: 'bytes' | 'characters' = 'characters'): Messages {
  const long = tooLong(value, DNS_SUBDOMAIN_MAX_LENGTH, unit);
  if (dns1123Subdomain.test(value)) return long;
  const message = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ${ALPHANUMERIC_ENDS}`;
  return [...long, regexMessage(message, DNS_1123_SUBDOMAIN, 'example.com')];
}

/** Driver names of CSI and DRA, where upper case has been let in for history's sake. */
export function validateDns1123SubdomainCaseless(value: string): Messages {
  const long = tooLong(value, DNS_SUBDOMAIN_MAX_LENGTH, 'bytes');
  if (dns1123SubdomainCaseless.test(value)) return long;
  const message = `an RFC 1123 subdomain must consist of alphanumeric characters, '-' or '.', ${ALPHANUMERIC_ENDS}`;
  return [...long, regexMessage(message, DNS_1123_SUBDOMAIN, 'Example.com')];
}

/** DNS search domains of a Pod. */
export function validateDns1123SubdomainWithUnderscore(value: string): Messages {
  const long = tooLong(value, DNS_SUBDOMAIN_MAX_LENGTH, 'characters');
  if (underscoreSubdomain.test(value)) return long;
  const message = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', ${ALPHANUMERIC_ENDS}`;
  return [...long, regexMessage(message, UNDERSCORE_SUBDOMAIN, 'example.com')];
}

/** Like a DNS label, but starting with a letter. */
export function validateDns1035Label(value: string): Messages {
  const long = tooLong(value, DNS_LABEL_MAX_LENGTH, 'characters');
  if (dns1035Label.test(value)) return long;
  const message =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return [...long, regexMessage(message, DNS_1035_LABEL, 'my-name', 'abc-123')];
}

/** Host names of an Ingress rule or a Gateway listener with a star as first label. */
export function validateWildcardDns1123Subdomain(value: string): Messages {
  const long = tooLong(value, DNS_SUBDOMAIN_MAX_LENGTH, 'characters');
  if (wildcardSubdomain.test(value)) return long;
  const message =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  return [...long, regexMessage(message, WILDCARD_SUBDOMAIN, '*.example.com')];
}

/** A domain name of at least two labels, each at most 63 bytes; a dot at the end is allowed. The empty name is "Required". */
export function validateFullyQualifiedDomainName(name: string): Messages {
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  const subdomain = validateDns1123Subdomain(bare);
  if (subdomain.length > 0) return [subdomain.join(',')];
  const labels = bare.split('.');
  if (labels.length < 2) return ['should be a domain with at least two segments separated by dots'];
  return labels.map((label) => validateDns1123Label(label).join(',')).filter((message) => message !== '');
}

/** A domain name of at least three labels without a dot at the end. The empty name is "Required". */
export function validateFullyQualifiedName(name: string): Messages {
  const subdomain = validateDns1123Subdomain(name);
  if (subdomain.length > 0) return [subdomain.join(',')];
  if (name.split('.').length >= 3) return WELL_FORMED;
  return ['should be a domain with at least three segments separated by dots'];
}

/** Names that only have to fit into a URL path: RBAC objects and a few more. The empty name passes. */
export function validatePathSegmentName(name: string): Messages {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return validatePathSegmentPrefix(name);
}

/** The `generateName` of such objects. */
export function validatePathSegmentPrefix(name: string): Messages {
  return ['/', '%'].filter((sign) => name.includes(sign)).map((sign) => `may not contain '${sign}'`);
}

/**
 * A `generateName` as the server looks at it before the suffix is known: the last two characters of `web-` become one
 * letter, because a dash at the end is good there.
 */
export function maskTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
}
