import type { CheckContext } from '../checks/check.ts';
import type { DesignRecord } from '../design.ts';
import type { LintContext } from './lint.ts';
import { workloadOf } from './workload.ts';
import type { Workload } from './workload.ts';

const NONE: readonly DesignRecord[] = [];

/** A design as lints look at it: sorted once, for all of them. */
export function lintContextOf({ design, graph, registry }: CheckContext): LintContext {
  const byKind = new Map<string, DesignRecord[]>();
  for (const record of design.records.values()) {
    const key = `${record.object.apiVersion} ${record.object.kind}`;
    const list = byKind.get(key);
    if (list) list.push(record);
    else byKind.set(key, [record]);
  }
  const workloads = [...design.records.values()].flatMap((record) => workloadOf(record, registry) ?? []);
  const byRecord = new Map(workloads.map((workload) => [workload.record.id, workload]));
  const byNamespace = new Map<string, Workload[]>();
  for (const workload of workloads) {
    const list = byNamespace.get(workload.record.namespace);
    if (list) list.push(workload);
    else byNamespace.set(workload.record.namespace, [workload]);
  }
  return {
    design,
    graph,
    registry,
    workloads,
    workload: (record) => byRecord.get(record),
    workloadsIn: (namespace) => byNamespace.get(namespace) ?? [],
    objects(kind, ...apiVersions) {
      const [only, ...others] = apiVersions;
      if (only === undefined) return NONE;
      if (others.length === 0) return byKind.get(`${only} ${kind}`) ?? NONE;
      return apiVersions.flatMap((apiVersion) => byKind.get(`${apiVersion} ${kind}`) ?? NONE);
    },
  };
}
