/** A reference as the JSON of `graph` shows it. */
export interface ReferenceEntry {
  /** Identity of the object that points: `Service/shop/web`. */
  readonly from: string;
  /** Identity of what it points at, there or not; null where it selects nothing, or what is no object. */
  readonly to: string | null;
  readonly type: string;
  readonly field: string;
  readonly resolved: boolean;
  readonly optional: boolean;
  readonly key?: string;
  readonly port?: string | number;
  readonly selector?: string;
  readonly external?: { readonly kind: string; readonly value: string };
}

/** A problem between objects as the JSON of `graph` and `validate` shows it. */
export interface ProblemEntry {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** Identity of the object. */
  readonly object: string;
  readonly file: string;
  readonly line: number | undefined;
  readonly field: string;
  readonly message: string;
  /** Identities of others in it. */
  readonly related?: readonly string[];
}
