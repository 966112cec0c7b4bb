import { quoteString } from './quoted-string.ts';

/** The parts of a URL as Go's `url.Parse` cuts it, still escaped; what is not there is ''. */
export interface GoUrl {
  readonly scheme: string;
  readonly host: string;
  /** undefined where there is no `@`. */
  readonly user: string | undefined;
  readonly query: string;
  readonly fragment: string;
}

export type GoUrlResult = { readonly ok: true; readonly url: GoUrl } | { readonly ok: false; readonly message: string };

/** Cuts a URL, or says in Go's words why it is none. Source: Go 1.26 net/url/url.go. */
export function parseGoUrl(text: string): GoUrlResult {
  const hash = text.indexOf('#');
  const bare = hash < 0 ? text : text.slice(0, hash);
  const fragment = hash < 0 ? '' : text.slice(hash + 1);
  const wrong = (message: string): GoUrlResult => ({ ok: false, message: `parse ${quoteString(bare)}: ${message}` });
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(bare)) return wrong('net/url: invalid control character in URL');
  if (bare.startsWith(':')) return wrong('missing protocol scheme');
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(bare)?.[1] ?? '';
  const rest = scheme === '' ? bare : bare.slice(scheme.length + 1);
  const mark = rest.indexOf('?');
  const hierarchy = mark < 0 ? rest : rest.slice(0, mark);
  const parts = { scheme: scheme.toLowerCase(), query: mark < 0 ? '' : rest.slice(mark + 1), fragment };
  const problem = scheme === '' ? problemOfRelative(hierarchy) : undefined;
  if (problem !== undefined) return wrong(problem);
  if (scheme !== '' && !hierarchy.startsWith('/')) return { ok: true, url: { ...parts, host: '', user: undefined } };
  const authority = authorityOf(hierarchy, scheme);
  const path = authority === undefined ? hierarchy : hierarchy.slice(2 + authority.length);
  const found = problemOfAuthority(authority ?? '') ?? problemOfEscapes(path);
  if (found !== undefined) return wrong(found);
  const at = (authority ?? '').lastIndexOf('@');
  const user = at < 0 ? undefined : authority?.slice(0, at);
  return { ok: true, url: { ...parts, host: (authority ?? '').slice(at + 1), user } };
}

function problemOfRelative(hierarchy: string): string | undefined {
  const isWrong = !hierarchy.startsWith('/') && hierarchy.split('/')[0]!.includes(':');
  return isWrong ? 'first path segment in URL cannot contain colon' : undefined;
}

function authorityOf(hierarchy: string, scheme: string): string | undefined {
  if (!hierarchy.startsWith('//') || (scheme === '' && hierarchy.startsWith('///'))) return undefined;
  const end = hierarchy.indexOf('/', 2);
  return end < 0 ? hierarchy.slice(2) : hierarchy.slice(2, end);
}

function problemOfAuthority(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  if (at >= 0 && !/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(authority.slice(0, at))) return 'net/url: invalid userinfo';
  const isBracketed = host.startsWith('[');
  const close = host.lastIndexOf(']');
  if (isBracketed && close < 0) return "missing ']' in host";
  const port = isBracketed ? host.slice(close + 1) : host.includes(':') ? host.slice(host.lastIndexOf(':')) : '';
  if (!/^(?::[0-9]*)?$/.test(port)) return `invalid port ${quoteString(port)} after host`;
  const sign = /[ "<>\\^`{|}]/.exec(host)?.[0];
  if (sign !== undefined) return `invalid character ${quoteString(sign)} in host name`;
  return problemOfEscapes(host);
}

function problemOfEscapes(text: string): string | undefined {
  const escape = /%(?![0-9A-Fa-f]{2})/.exec(text);
  return escape ? `invalid URL escape ${quoteString(text.slice(escape.index, escape.index + 3))}` : undefined;
}
