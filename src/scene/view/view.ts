import type { RecordId } from '../../design/design.ts';

/** What is looked at: conditions that cards have to meet, one card with its neighbours, applications folded. */
export interface View {
  readonly filters: readonly Filter[];
  /** Only this card, and what it is joined to. */
  readonly focus: RecordId | undefined;
  /** Cards that bear the same application label are one. */
  readonly foldApps: boolean;
  /** Applications that a person unfolded again. */
  readonly unfolded: ReadonlySet<string>;
  /** The key of a label: cards that bear the same value of it stand in one box. */
  readonly groupBy: string | undefined;
  /** Groups that are folded to one card each. */
  readonly foldedGroups: ReadonlySet<string>;
}

/** Conditions of one sort are alternatives, those of different sorts have to be met together. */
export interface Filter {
  readonly by: 'kind' | 'namespace' | 'label' | 'problem';
  /** `Deployment.apps`, a namespace, `key=value`, `error` or `warning`. */
  readonly value: string;
}

export const WHOLE_VIEW: View = {
  filters: [],
  focus: undefined,
  foldApps: false,
  unfolded: new Set(),
  groupBy: undefined,
  foldedGroups: new Set(),
};
