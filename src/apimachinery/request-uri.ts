import { parseIp } from './ip.ts';

// oxlint-disable-next-line no-control-regex -- Go refuses these signs.
const CONTROL = /[\u0000-\u001f\u007f]/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
/** In a host only bytes beyond ASCII are escaped, and the percent sign before a zone. */
const BAD_HOST_ESCAPE = /%(?!25|[89A-Fa-f][0-9A-Fa-f])/;
const BAD_HOST_SIGN = /[^A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%\u0080-\u{10ffff}]/u;
const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;

/** An absolute URI or an absolute path. Source: net/url `ParseRequestURI` of Go. */
export function isRequestUri(text: string): boolean {
  if (text === '' || CONTROL.test(text)) return false;
  if (text === '*') return true;
  if (text.startsWith(':')) return false;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1];
  const afterScheme = scheme === undefined ? text : text.slice(scheme.length + 1);
  const [rest = ''] = afterScheme.split('?', 1);
  if (!rest.startsWith('/')) return scheme !== undefined;
  if (scheme === undefined || !rest.startsWith('//')) return !BAD_ESCAPE.test(rest);
  const end = rest.indexOf('/', 2);
  const authority = end < 0 ? rest.slice(2) : rest.slice(2, end);
  return isAuthority(authority, scheme.toLowerCase()) && (end < 0 || !BAD_ESCAPE.test(rest.slice(end)));
}

function isAuthority(authority: string, scheme: string): boolean {
  const at = authority.lastIndexOf('@');
  const user = at < 0 ? '' : authority.slice(0, at);
  return USER.test(user) && !BAD_ESCAPE.test(user) && isHost(authority.slice(at + 1), scheme);
}

function isHost(host: string, scheme: string): boolean {
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) return false;
  if (bracket === 0) {
    const end = host.lastIndexOf(']');
    if (end < 0 || !isOptionalPort(host.slice(end + 1))) return false;
    const [address = '', zone] = host.slice(1, end).split('%25', 2);
    return address.includes(':') && isStrictIpv6(address) && zone !== '';
  }
  const first = host.indexOf(':');
  const colon = scheme === 'http' || scheme === 'https' ? first : host.lastIndexOf(':');
  if (colon >= 0 && !isOptionalPort(host.slice(colon))) return false;
  return !BAD_HOST_SIGN.test(host) && !BAD_ESCAPE.test(host) && !BAD_HOST_ESCAPE.test(host);
}

function isOptionalPort(text: string): boolean {
  return text === '' || /^:[0-9]*$/.test(text);
}

function isStrictIpv6(text: string): boolean {
  const ip = parseIp(text);
  return ip !== undefined && ip.leadingZeros === undefined;
}
