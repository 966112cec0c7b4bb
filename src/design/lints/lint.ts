import type { Path } from '../../base/json.ts';
import type { CheckContext } from '../checks/check.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import type { DesignRecord, RecordId } from '../design.ts';
import type { ReferenceGraph } from '../graph.ts';
import type { DesignView } from '../view/design-view.ts';
import type { Fix } from '../fixes/fix.ts';
import type { Problem } from '../problem.ts';
import type { LintId } from './lint-id.ts';
import type { Workload } from './workload.ts';

/**
 * A question of good practice. What a lint finds is accepted by every API server and may be meant; it never makes an
 * object invalid. One file a lint; which lints there are says `index.ts`, and a sentence for each the locales.
 */
export interface Lint {
  readonly id: LintId;
  readonly group: LintGroup;
  readonly severity: 'warning' | 'info';
  /** Whether it is asked where nobody chose. What a check or the API server says already is asked only on demand. */
  readonly defaultOn: boolean;
  /** kube-linter has a built-in check of this name that finds the same in the same objects. */
  readonly kubeLinter?: string;
  /** In the order of records, and of fields. */
  find(context: LintContext): Iterable<Finding>;
  /** What takes a finding away, where that is certain. */
  fix?(problem: Problem, context: CheckContext): readonly Fix[];
}

export const LINT_GROUPS = ['security', 'reliability', 'network', 'access', 'hygiene'] as const;
export type LintGroup = (typeof LINT_GROUPS)[number];

/** What a lint finds; the runner adds id and severity. */
export interface Finding {
  readonly record: RecordId;
  /** The field to look at first; `[]` for the object as a whole. */
  readonly field: Path;
  readonly related?: readonly RecordId[];
  readonly params?: Problem['params'];
}

/** A design as lints look at it; what they look at beside the record they are asked about is noted. */
export interface LintContext {
  readonly registry: KindRegistry;
  readonly graph: Pick<ReferenceGraph, 'outgoing' | 'incoming'>;
  /** All records. */
  readonly records: ReadonlyMap<RecordId, DesignRecord>;
  /** The text that a record stands in, and what is wrong with its file. */
  document: DesignView['document'];
  /** The records that are asked about now, in their order: all, or those that may have another answer than before. */
  asked(): Iterable<DesignRecord>;
  /** Those of them of a kind, written in one of these apiVersions. */
  askedObjects(kind: string, apiVersions: readonly string[]): Iterable<DesignRecord>;
  /** Those of them that Pods come from. */
  askedWorkloads(): Iterable<Workload>;
  /** Whether there is anything that Pods come from. */
  hasWorkloads(): boolean;
  /** Whatever Pods come from, in the order of records. */
  workloads(): readonly Workload[];
  /** Those of one namespace. */
  workloadsIn(namespace: string): readonly Workload[];
  /** Every record, in their order. */
  everything(): readonly DesignRecord[];
  /** The one that a record is. */
  workload(record: RecordId): Workload | undefined;
  /** The records of a kind, written in one of these apiVersions, in their order. */
  objects(kind: string, ...apiVersions: readonly string[]): readonly DesignRecord[];
  /** Those in one namespace. */
  objectsIn(namespace: string, kind: string, apiVersion: string): readonly DesignRecord[];
}
