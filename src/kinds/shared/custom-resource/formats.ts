import { parseCidr, parseIp } from '../../../apimachinery/ip.ts';
import { readDuration } from '../../../apimachinery/duration.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import { isEmailAddress } from './email-format.ts';
import { isRequestUri } from '../../../apimachinery/request-uri.ts';

/**
 * The formats of strings that a CRD's schema can ask for; dashes in their names do not count.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/validation/formats.go,
 * vendor/k8s.io/kube-openapi/pkg/validation/strfmt and its third_party/govalidator, 1.36.
 */
const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  bsonobjectid: (text) => /^[0-9a-fA-F]{24}$/.test(text),
  uri: isRequestUri,
  email: isEmailAddress,
  hostname: isHostname,
  ipv4: (text) => text.includes('.') && parseIp(text) !== undefined,
  ipv6: (text) => text.includes(':') && parseIp(text) !== undefined && parseIp(text)?.leadingZeros === undefined,
  cidr: (text) => parseCidr(text) !== undefined,
  mac: isMac,
  uuid: (text) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text),
  uuid3: (text) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text),
  uuid4: (text) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i.test(text),
  uuid5: (text) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i.test(text),
  isbn: (text) => isIsbn10(text) || isIsbn13(text),
  isbn10: isIsbn10,
  isbn13: isIsbn13,
  creditcard: isCreditCard,
  ssn: (text) => text.length === 11 && /^\d{3}[- ]?\d{2}[- ]?\d{4}$/.test(text),
  hexcolor: (text) => /^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/.test(text),
  rgbcolor: isRgbColour,
  byte: (text) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/.test(text),
  password: () => true,
  date: isDate,
  duration: isDuration,
  datetime: isDateTime,
  k8sshortname: (text) => text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text),
  k8slongname: (text) =>
    text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text),
};

/** The server takes no notice of formats that it does not know, or that are not of the type. `types` as the schema has them. */
export function isKnownFormat(format: string, types: readonly string[]): boolean {
  const type = types.length === 1 ? types[0] : '';
  if (type === '' || type === 'string') return Object.hasOwn(FORMATS, plain(format));
  if (type === 'integer') return format === 'int32' || format === 'int64';
  return type === 'number' && (format === 'float' || format === 'double');
}

/** Whether the text is in the format; true for a format of numbers, which no text has. */
export function hasFormat(text: string, format: string): boolean {
  const name = plain(format);
  return !Object.hasOwn(FORMATS, name) || FORMATS[name]!(text);
}

function plain(format: string): string {
  return format.replaceAll('-', '');
}

const HOSTNAME =
  /^([a-zA-Z0-9\p{S}\p{L}]((-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?)|([a-zA-Z0-9\p{S}\p{L}](([a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?)(\.)){1,}([a-zA-Z\p{L}]){2,63})$/u;

function isHostname(text: string): boolean {
  if (byteLength(text) > 255 || !HOSTNAME.test(text)) return false;
  return text.split('.').every((label) => byteLength(label) <= 63);
}

/** 6, 8 or 20 octets, with colons, dashes, dots or nothing between them. */
function isMac(text: string): boolean {
  const digits = text.replaceAll(/[^0-9a-fA-F]/g, '').length;
  if (digits !== 12 && digits !== 16 && digits !== 40) return false;
  return /^[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2})+$|^[0-9a-fA-F]{2}(?:-[0-9a-fA-F]{2})+$|^[0-9a-fA-F]{4}(?:\.[0-9a-fA-F]{4})+$|^[0-9a-fA-F]+$/.test(
    text,
  );
}

function isIsbn10(text: string): boolean {
  const digits = withoutSpaces(text);
  if (!/^(?:[0-9]{9}X|[0-9]{10})$/.test(digits)) return false;
  const sum = [...digits].reduce((total, sign, index) => total + (index + 1) * (sign === 'X' ? 10 : Number(sign)), 0);
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = withoutSpaces(text);
  if (!/^[0-9]{13}$/.test(digits)) return false;
  const sum = [...digits].reduce((total, sign, index) => total + (index % 2 === 0 ? 1 : 3) * Number(sign), 0);
  return sum % 10 === 0;
}

/** Go's `\s` is ASCII. */
function withoutSpaces(text: string): string {
  return text.replaceAll(/[\t\n\f\r -]+/g, '');
}

const CARD =
  /^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\d{3})\d{11})$/;

function isCreditCard(text: string): boolean {
  const digits = text.replaceAll(/[^0-9]+/g, '');
  if (!CARD.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, sign, index) => {
    const digit = Number(sign) * (index % 2 === 0 ? 1 : 2);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}

function isRgbColour(text: string): boolean {
  const number = '(?:0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])';
  const space = '[\\t\\n\\f\\r ]*';
  return new RegExp(`^rgb\\(${space}${number}(?:${space},${space}${number}){2}${space}\\)$`).test(text);
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

function isDateTime(text: string): boolean {
  const [date = '', time] = text.toLowerCase().split('t');
  if (time === undefined || !isDate(date)) return false;
  // Upstream's dot before the fraction stands for any sign.
  const match = /^([0-9]{2}):([0-9]{2}):([0-9]{2})([^\n][0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$/.exec(time);
  return match !== null && match[1]! <= '23' && match[2]! <= '59' && match[3]! <= '59';
}

const UNITS = ['ns', 'us', 'µs', 'ms', 's', 'm', 'h', 'd', 'w', 'hr', 'wk'];
/** Units that may go on as they like: `seconds`. */
const LONG_UNITS = ['nano', 'micro', 'milli', 'sec', 'min', 'hour', 'day', 'week'];

/** As Go writes durations, or with a number and a unit anywhere in the text, as Scala does. */
function isDuration(text: string): boolean {
  if (typeof readDuration(text) === 'bigint') return true;
  const parts = [...text.matchAll(/(\d+)[\t\n\f\r ]*([A-Za-zµ]+)/g)];
  if (parts.some(([, number]) => BigInt(number!) > 9223372036854775807n)) return false;
  return parts.some(([, , word]) => {
    const unit = word!.toLowerCase();
    return UNITS.includes(unit) || LONG_UNITS.some((start) => unit.startsWith(start));
  });
}
