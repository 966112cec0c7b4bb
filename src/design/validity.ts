import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { Path } from '../base/json.ts';
import type { CustomResources } from '../kinds/custom-resources.ts';
import { NO_CUSTOM_RESOURCES, customResourcesOf } from '../kinds/custom-resources.ts';
import { judge } from '../kinds/judge.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { JudgeContext } from '../kinds/served-kind.ts';
import { preloadStrategies } from '../kinds/strategies.ts';
import type { Verdict } from '../kinds/verdict.ts';
import { preloadSchemas } from '../openapi/built-in-schemas.ts';
import { PINNED_RELEASE, couldBeServed, deprecationWarning, resourceVersionOf } from '../openapi/resource.ts';
import { MADE_KINDS } from './admission/made-requests.ts';
import { groupsTypeChecked } from './admission/policy-types.ts';
import type { Design, DesignRecord } from './design.ts';
import type { Problem } from './problem.ts';

/** A list of a hundred wrong fields helps nobody. */
const MOST_SHOWN = 20;

/** What judging the objects of a design takes. The definitions of its own custom kinds are among its objects. */
export function judgeContextOf(
  design: Pick<Design, 'records'>,
  registry: KindRegistry,
  release?: number,
): JudgeContext {
  const customResources = customResourcesOf(objectsOf(design));
  return release === undefined ? { registry, customResources } : { registry, customResources, release };
}

function* objectsOf(design: Pick<Design, 'records'>): Iterable<KubernetesObject> {
  for (const { object } of design.records.values()) yield object;
}

/**
 * Loads the schemas and strategies of all kinds in a design, and of what controllers make of its templates. What is loaded
 * already costs nothing.
 */
export function preloadValidity(design: Design, registry: KindRegistry): Promise<void> {
  return preloadKindsOf(objectsOf(design), registry);
}

/** The same for some objects. */
export async function preloadKindsOf(objects: Iterable<KubernetesObject>, registry: KindRegistry): Promise<void> {
  const kinds = new Map<string, GroupKind>();
  const groups = new Set(['']);
  for (const object of objects) {
    const key = `${object.apiVersion} ${object.kind}`;
    for (const group of groupsTypeChecked(object)) groups.add(group);
    if (kinds.has(key)) continue;
    const kind = groupVersionKindOf(object);
    groups.add(kind.group);
    kinds.set(key, registry.find(kind) ?? kind);
  }
  await Promise.all([preloadSchemas(groups), preloadStrategies([...kinds.values(), ...MADE_KINDS])]);
}

interface Judged {
  readonly verdict: Verdict;
  readonly release: number | undefined;
  /** The definition by which a custom resource was judged. */
  readonly definition: unknown;
}

/** Verdicts by object: an object that did not change is not judged again. */
const judged = new WeakMap<KubernetesObject, Judged>();

/** What an API server would say of one record, alone. Schemas and strategies are loaded. */
export function verdictOf({ object }: DesignRecord, context: JudgeContext, repeated: readonly Path[] = []): Verdict {
  if (repeated.length > 0) return judge(object, context, { repeated });
  const definition = definitionOf(object, context.customResources);
  const before = judged.get(object);
  if (before && before.release === context.release && before.definition === definition) return before.verdict;
  const verdict = judge(object, context);
  judged.set(object, { verdict, release: context.release, definition });
  return verdict;
}

/** Whether the verdict is known, so that asking for it takes no time. */
export function isJudged({ object }: DesignRecord, context: JudgeContext): boolean {
  const before = judged.get(object);
  return (
    before !== undefined &&
    before.release === context.release &&
    before.definition === definitionOf(object, context.customResources)
  );
}

function definitionOf(object: KubernetesObject, customResources: CustomResources): unknown {
  if (customResources === NO_CUSTOM_RESOURCES) return undefined;
  const found = customResources.find(groupVersionKindOf(object));
  return typeof found === 'object' ? found.definition : found;
}

/**
 * Every cause that an API server would refuse an object for, and what it would warn of, in the order of records.
 * Schemas and strategies are loaded (see `preloadValidity`).
 */
export function findRefusals(design: Design, registry: KindRegistry, release?: number): readonly Problem[] {
  return refusalsAmong(design.records.values(), judgeContextOf(design, registry, release));
}

/** The same for some records of a design. */
export function refusalsAmong(records: Iterable<DesignRecord>, context: JudgeContext): readonly Problem[] {
  const release = context.release ?? PINNED_RELEASE;
  const problems: Problem[] = [];
  for (const record of records)
    for (const problem of refusalsOf(record, verdictOf(record, context), release)) problems.push(problem);
  return problems;
}

const NONE: readonly Problem[] = [];

function refusalsOf(record: DesignRecord, verdict: Verdict, release: number): readonly Problem[] {
  if (verdict.valid === true) return warningsOf(record, verdict, release);
  if (verdict.valid === null || isToldElsewhere(record.object, verdict, release)) return NONE;
  if (verdict.errors.length === 0) return [problemAt(record, [], verdict.reason, verdict.message)];
  return verdict.errors
    .slice(0, MOST_SHOWN)
    .map(({ path, reason, message }) => problemAt(record, path, reason, message));
}

/** Old apiVersions are the business of a check, which knows what to write instead. */
function warningsOf(record: DesignRecord, verdict: Verdict, release: number): readonly Problem[] {
  if (verdict.warnings.length === 0) return NONE;
  let known = warned.get(record);
  if (known?.verdict !== verdict || known.release !== release) {
    known = { verdict, release, problems: readWarnings(record, verdict, release) };
    warned.set(record, known);
  }
  return known.problems;
}

const warned = new WeakMap<
  DesignRecord,
  { readonly verdict: Verdict; readonly release: number; readonly problems: readonly Problem[] }
>();

function readWarnings(record: DesignRecord, { warnings }: Verdict, release: number): readonly Problem[] {
  const deprecation = deprecationWarning(groupVersionKindOf(record.object), release);
  return warnings
    .filter((words) => words !== deprecation)
    .map((message) => ({
      id: 'object.warning',
      severity: 'warning',
      record: record.id,
      field: [],
      params: { message },
    }));
}

function problemAt(record: DesignRecord, field: Path, reason: string, message: string): Problem {
  return { id: 'object.invalid', severity: 'error', record: record.id, field, params: { reason, message } };
}

/** A version that other releases serve is the business of the check of old apiVersions, which knows what to write instead. */
function isToldElsewhere(object: KubernetesObject, { code }: Verdict, release: number): boolean {
  const version = code === 404 ? resourceVersionOf(groupVersionKindOf(object)) : undefined;
  return version !== undefined && !couldBeServed(version, release);
}
