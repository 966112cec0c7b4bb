import type { DesignRecord, RecordId } from '../design.ts';
import type { DesignView } from '../view/design-view.ts';
import type { KeysOf } from '../view/record-index.ts';
import type { Reads } from '../view/source.ts';
import type { LintContext } from './lint.ts';
import { workloadOf } from './workload.ts';
import type { Workload } from './workload.ts';

/** Under its kind, alone and with its namespace. */
const kinds: KeysOf = ({ object, namespace }) => {
  const kind = `${object.apiVersion} ${object.kind}`;
  return [kind, `${kind} ${namespace}`];
};

const all: KeysOf = () => [ANYWHERE];
const ANYWHERE = '';
const workloads: KeysOf = (record, _, registry) =>
  workloadOf(record, registry) ? [ANYWHERE, `in ${record.namespace}`] : [];

const NOTHING: readonly never[] = [];

/** Asks lints about some records of a view, and notes for each record what they looked at. */
export class LintQuestions implements LintContext {
  private readonly view: DesignView;
  private readonly subjects: readonly DesignRecord[];
  private readonly byKind = new Map<string, DesignRecord[]>();
  private readonly podMakers: readonly Workload[];
  private readonly reads = new Map<RecordId, Reads>();
  /** What the lint that is asked now looked at for no record in particular, and about whom it was asked. */
  private shared: Reads = [];
  private met = new Set<RecordId>();

  constructor(view: DesignView, subjects: readonly DesignRecord[]) {
    this.view = view;
    this.subjects = subjects;
    for (const record of subjects) {
      const key = `${record.object.apiVersion} ${record.object.kind}`;
      const list = this.byKind.get(key);
      if (list) list.push(record);
      else this.byKind.set(key, [record]);
    }
    this.podMakers = subjects.flatMap((record) => workloadOf(record, view.registry) ?? []);
  }

  /** Asks one lint. */
  ask<Answer>(question: (context: LintContext) => Answer): Answer {
    this.shared = [];
    this.met = new Set();
    this.view.note(undefined, this.shared);
    const answer = question(this);
    this.view.note(undefined, undefined);
    if (this.shared.length > 0) for (const id of this.met) this.readsOf(id).push(...this.shared);
    return answer;
  }

  readsOf(id: RecordId): Reads {
    let reads = this.reads.get(id);
    if (!reads) this.reads.set(id, (reads = []));
    return reads;
  }

  get registry(): LintContext['registry'] {
    return this.view.registry;
  }

  get graph(): LintContext['graph'] {
    return this.view.graph;
  }

  get records(): LintContext['records'] {
    return this.view.records;
  }

  document(record: DesignRecord): ReturnType<LintContext['document']> {
    return this.view.document(record);
  }

  asked(): Iterable<DesignRecord> {
    return this.oneByOne(this.subjects, (record) => record.id);
  }

  *askedObjects(kind: string, apiVersions: readonly string[]): Iterable<DesignRecord> {
    for (const apiVersion of apiVersions)
      yield* this.oneByOne(this.byKind.get(`${apiVersion} ${kind}`) ?? NOTHING, (record) => record.id);
  }

  askedWorkloads(): Iterable<Workload> {
    return this.oneByOne(this.podMakers, ({ record }) => record.id);
  }

  hasWorkloads(): boolean {
    return this.view.has(workloads, ANYWHERE);
  }

  workloads(): readonly Workload[] {
    return this.workloadsOf(ANYWHERE);
  }

  workloadsIn(namespace: string): readonly Workload[] {
    return this.workloadsOf(`in ${namespace}`);
  }

  everything(): readonly DesignRecord[] {
    return this.view.members(all, ANYWHERE);
  }

  workload(id: RecordId): Workload | undefined {
    const record = this.view.record(id);
    return record && workloadOf(record, this.registry);
  }

  objects(kind: string, ...apiVersions: readonly string[]): readonly DesignRecord[] {
    const [only, ...others] = apiVersions;
    if (only === undefined) return NOTHING;
    if (others.length === 0) return this.view.members(kinds, `${only} ${kind}`);
    return apiVersions.flatMap((apiVersion) => this.view.members(kinds, `${apiVersion} ${kind}`));
  }

  objectsIn(namespace: string, kind: string, apiVersion: string): readonly DesignRecord[] {
    return this.view.members(kinds, `${apiVersion} ${kind} ${namespace}`);
  }

  private workloadsOf(key: string): readonly Workload[] {
    return this.view.members(workloads, key).flatMap((record) => workloadOf(record, this.registry) ?? []);
  }

  private *oneByOne<Item>(items: readonly Item[], idOf: (item: Item) => RecordId): Iterable<Item> {
    for (const item of items) {
      const id = idOf(item);
      this.met.add(id);
      this.view.note(id, this.readsOf(id));
      yield item;
      this.view.note(undefined, this.shared);
    }
  }
}
