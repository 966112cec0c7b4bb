import { parseGoUrl } from '../../apimachinery/go-url.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import { isRequestUri } from '../../apimachinery/request-uri.ts';
import { EvaluationError, noSuchOverload } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import { special } from '../value.ts';
import type { Implementation } from './operators.ts';
import { text } from './strings.ts';

const URL_TYPE = 'kubernetes.URL';

/** The parts of a URL as they are written, but for the scheme, which is in lower case. */
interface Parts {
  readonly written: string;
  readonly scheme: string;
  /** With its port. */
  readonly host: string;
  readonly path: string;
  readonly query: string;
  compareTo(other: Parts): number;
}

/** Source: staging/src/k8s.io/apiserver/pkg/cel/library/urls.go, 1.36, and net/url of Go. */
function urlOf(written: string): Value {
  if (!isRequestUri(written)) {
    const parsed = parseGoUrl(written);
    const reason = written === '' ? 'parse "": empty url' : `parse ${quoteString(written)}: invalid URI for request`;
    throw new EvaluationError(
      `URL parse error during conversion from string: ${written === '' || parsed.ok ? reason : parsed.message}`,
    );
  }
  const [bare = ''] = written.split('#', 1);
  const [, scheme = '', rest = ''] = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(.*)$/s.exec(bare) ?? [];
  const [, hierarchy = '', query = ''] = /^([^?]*)(?:\?(.*))?$/s.exec(rest) ?? [];
  const [, authority = '', path = ''] = (scheme !== '' && /^\/\/([^/]*)(.*)$/s.exec(hierarchy)) || [
    '',
    '',
    hierarchy.startsWith('/') ? hierarchy : '',
  ];
  const value: Parts = {
    written,
    scheme: scheme.toLowerCase(),
    host: authority.slice(authority.lastIndexOf('@') + 1),
    path,
    query,
    compareTo: (other) => (other.written === written ? 0 : 1),
  };
  return { type: URL_TYPE, value };
}

const part =
  (use: (parts: Parts) => Value): Implementation =>
  ([value]) => {
    const own = value === undefined ? undefined : special(value);
    if (own?.type !== URL_TYPE) throw noSuchOverload();
    return use(own.value as Parts);
  };

function hostAndPort(host: string): readonly [host: string, port: string] {
  const [, bracketed] = /^\[(.*)\]/s.exec(host) ?? [];
  const [, port = ''] = /:([0-9]*)$/.exec(bracketed === undefined ? host : host.slice(bracketed.length + 2)) ?? [];
  return [bracketed ?? host.replace(/:[0-9]*$/, ''), port];
}

/** Signs that may stand in a path as they are. */
const GOOD_PATH = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]/]|%[0-9A-Fa-f]{2})*$/;
const PLAIN = /[A-Za-z0-9\-_.~$&+,/:;=@]/;

/** The path as it is written, or escaped anew where it holds what must be escaped. Source: `EscapedPath`. */
function escapedPath(path: string): string {
  if (GOOD_PATH.test(path)) return path;
  const bytes = unescaped(path);
  const signs = Array.from(bytes, (byte) => {
    const sign = String.fromCodePoint(byte);
    return byte < 128 && PLAIN.test(sign) ? sign : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return signs.join('');
}

function unescaped(escaped: string): Uint8Array {
  const bytes = new TextEncoder().encode(escaped);
  const found: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] === 0x25 ? Number.parseInt(String.fromCodePoint(...bytes.slice(at + 1, at + 3)), 16) : NaN;
    found.push(Number.isNaN(code) ? (bytes[at] ?? 0) : code);
    if (!Number.isNaN(code)) at += 2;
  }
  return Uint8Array.from(found);
}

/** Source: net/url `ParseQuery`, which skips what it cannot read. */
function queryOf(query: string): Value {
  const found = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';') || /%(?![0-9A-Fa-f]{2})/.test(pair)) continue;
    const at = pair.indexOf('=');
    const [name, value] = (at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]).map((half) =>
      new TextDecoder().decode(unescaped(half.replaceAll('+', ' '))),
    );
    found.set(name ?? '', [...(found.get(name ?? '') ?? []), value ?? '']);
  }
  return found;
}

export const URLS: Readonly<Record<string, Implementation>> = {
  url: ([value]) => urlOf(text(value)),
  isURL: ([value]) => isRequestUri(text(value)),
  getScheme: part(({ scheme }) => scheme),
  getHost: part(({ host }) => host),
  getHostname: part(({ host }) => hostAndPort(host)[0]),
  getPort: part(({ host }) => hostAndPort(host)[1]),
  getEscapedPath: part(({ path }) => escapedPath(path)),
  getQuery: part(({ query }) => queryOf(query)),
};
