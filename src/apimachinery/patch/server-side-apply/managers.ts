import type { FieldSet } from './field-set.ts';

/** What one manager owns, at which version, and whether it applied it or wrote it by another verb. */
export interface VersionedSet {
  readonly set: FieldSet;
  readonly apiVersion: string;
  readonly applied: boolean;
}

/** What each manager owns, by the manager's identifier. */
export type Managers = ReadonlyMap<string, VersionedSet>;
