import type { Core } from './core-types.ts';

/** A question to the thread, and its answer. */
export interface CoreQuestion {
  readonly ticket: number;
  readonly name: keyof Core;
  readonly values: readonly unknown[];
}
export type CoreAnswer =
  | { readonly ticket: number; readonly ok: true; readonly value: unknown }
  | { readonly ticket: number; readonly ok: false; readonly message: string };
