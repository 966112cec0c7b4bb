import type { Path } from '../../base/json.ts';
import type { DesignRecord, RecordId } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { Finding, Lint, LintContext } from './lint.ts';
import type { ContainerView, Workload } from './workload.ts';

/** Something found inside a part of an object; `at` leads from that part. */
export interface Spot {
  readonly at: Path;
  readonly params?: Problem['params'];
  readonly related?: readonly RecordId[];
}

type Spots = Iterable<Spot>;
export const NO_SPOTS: readonly Spot[] = [];

/** A lint that looks at one container at a time. Findings have the container's name as `container`. */
export function perContainer(
  look: (container: ContainerView, workload: Workload, context: LintContext) => Spots,
  lists: readonly ContainerView['list'][] = ['initContainers', 'containers', 'ephemeralContainers'],
): Lint['find'] {
  return (context) => {
    const findings: Finding[] = [];
    for (const workload of context.askedWorkloads())
      for (const view of workload.containers) {
        if (!lists.includes(view.list)) continue;
        for (const { at, params, related } of look(view, workload, context))
          findings.push({
            record: workload.record.id,
            field: [...workload.template.specPath, view.list, view.index, ...at],
            params: { container: view.name, ...params },
            ...(related && { related }),
          });
      }
    return findings;
  };
}

/** A lint that looks at one Pod spec at a time; `at` leads from the Pod spec. */
export function perPod(look: (workload: Workload, context: LintContext) => Spots): Lint['find'] {
  return (context) => {
    const findings: Finding[] = [];
    for (const workload of context.askedWorkloads())
      for (const { at, params, related } of look(workload, context))
        findings.push({
          record: workload.record.id,
          field: [...workload.template.specPath, ...at],
          ...(params && { params }),
          ...(related && { related }),
        });
    return findings;
  };
}

/** A lint that looks at one workload at a time; `at` leads from the object. */
export function perWorkload(look: (workload: Workload, context: LintContext) => Spots): Lint['find'] {
  return (context) => {
    const findings: Finding[] = [];
    for (const workload of context.askedWorkloads()) collect(findings, workload.record, look(workload, context));
    return findings;
  };
}

/** A lint that looks at one object of a kind at a time. */
export function perObject(
  kind: string,
  apiVersions: readonly string[],
  look: (record: DesignRecord, context: LintContext) => Spots,
): Lint['find'] {
  return (context) => {
    const findings: Finding[] = [];
    for (const record of context.askedObjects(kind, apiVersions)) collect(findings, record, look(record, context));
    return findings;
  };
}

/** A lint that looks at every object. */
export function perRecord(look: (record: DesignRecord, context: LintContext) => Spots): Lint['find'] {
  return (context) => {
    const findings: Finding[] = [];
    for (const record of context.asked()) collect(findings, record, look(record, context));
    return findings;
  };
}

function collect(findings: Finding[], record: DesignRecord, spots: Spots): void {
  for (const { at, params, related } of spots)
    findings.push({ record: record.id, field: at, ...(params && { params }), ...(related && { related }) });
}
