/**
 * The reference tokens of a path in a JSON patch, or undefined where it names no member (`''`, `foo`).
 * Source: findObject and decodePatchKey of gopkg.in/evanphx/json-patch.v4 patch.go, as the API server 1.36 uses it.
 *
 * Upstream looks only at what follows the first slash: `x/a` means the same as `/a`.
 */
export function parseJsonPointer(
  path: string,
): { readonly parents: readonly string[]; readonly key: string } | undefined {
  const parts = path.split('/');
  const key = parts.pop();
  if (key === undefined || parts.length === 0) return undefined;
  return { parents: parts.slice(1).map(unescapeToken), key: unescapeToken(key) };
}

function unescapeToken(token: string): string {
  return token.replace(/~[01]/g, (escape) => (escape === '~1' ? '/' : '~'));
}

/** The inverse of unescaping one token: `a/b` is written `a~1b`. */
export function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
