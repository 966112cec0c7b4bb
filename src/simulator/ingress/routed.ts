/** What of an HTTP request decides where it goes. */
export interface HttpRequest {
  /** As the client spells it, without a port. */
  readonly host: string;
  /** With what follows the question mark. */
  readonly path: string;
  /** Port at which it came in. */
  readonly port: number;
}

/** A port of a Service that gets a share of the requests of a rule. */
export interface WeightedBackend {
  readonly namespace: string;
  readonly service: string;
  /** Number or name; where left out the Service has one port only. */
  readonly port?: number | string;
  readonly weight: number;
}

/** The rule that a request fits, and what it does. */
export interface Routed {
  /** `Ingress/shop/web`. */
  readonly route: string;
  /** `spec.rules[0].http.paths[1]`. */
  readonly rule: string;
  readonly backends: readonly WeightedBackend[];
  /** The answer where no backend is asked: of a redirect. */
  readonly code?: number;
}

export function pathOnly(path: string): string {
  return path.split('?')[0] ?? '/';
}

/** Whether a path begins with another, element by element. */
export function hasPrefix(path: string, prefix: string): boolean {
  const wanted = prefix.replace(/\/+$/, '');
  return wanted === '' || path === wanted || path.startsWith(`${wanted}/`);
}
