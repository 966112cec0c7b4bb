const KINDS: ReadonlySet<string> = new Set(['Service', 'Ingress', 'HTTPRoute', 'Pod']);

/** Whether requests can be sent to objects of a kind. */
export function takesRequests(kind: string): boolean {
  return KINDS.has(kind);
}
