import type { KubernetesObject } from '../../../apimachinery/object.ts';

/** A cell as the server makes it; kubectl writes it with `%v`. */
export type Cell = string | number | boolean;

export interface PrintOptions {
  /** Milliseconds since 1970: ages count up to here. */
  readonly nowMs: number;
  /** `-o wide`: nothing is cut short. */
  readonly wide: boolean;
}

/** The table of one kind, as `kubectl get` shows it. */
export interface TablePrinter {
  readonly group: string;
  readonly kind: string;
  /** Names of the columns; `+` marks those that only `-o wide` shows. */
  readonly columns: readonly string[];
  /** One cell a column, those of `-o wide` too. Total: any field may be missing or malformed. */
  cells(object: KubernetesObject, options: PrintOptions): readonly Cell[];
}
