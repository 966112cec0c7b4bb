import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { labelSelectorFromMap, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, isJsonObject, numberAt, objectAt, stringAt, stringMapAt, valueAt } from '../../base/json.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import type { KindDefinition, PodTemplateView } from '../../kinds/kind.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import type { DesignRecord } from '../design.ts';

/** An object that Pods come from, as lints look at it. */
export interface Workload {
  readonly record: DesignRecord;
  readonly template: PodTemplateView;
  readonly spec: JsonObject;
  /** Init containers, containers, ephemeral containers. */
  readonly containers: readonly ContainerView[];
}

export interface ContainerView {
  readonly container: JsonObject;
  readonly name: string;
  readonly list: 'initContainers' | 'containers' | 'ephemeralContainers';
  readonly index: number;
}

/** DeploymentConfigs: their selector is a plain map, and 0 replicas where they do not say. */
const OPENSHIFT_APPS = 'apps.openshift.io/v1';
const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** What was read of an object that did not change. */
const known = new WeakMap<KubernetesObject, Omit<Workload, 'record'> | undefined>();

export function workloadOf(record: DesignRecord, registry: KindRegistry): Workload | undefined {
  const { object } = record;
  if (!known.has(object)) known.set(object, read(object, registry));
  const found = known.get(object);
  return found && { record, ...found };
}

function read(object: KubernetesObject, registry: KindRegistry): Omit<Workload, 'record'> | undefined {
  // No release serves it any more; what it says is looked at once it has moved to its new group.
  if (object.apiVersion.startsWith('extensions/')) return undefined;
  const definition = registry.of(object);
  const template =
    definition.podTemplate?.(object) ?? emptyTemplate(object, templatePath(definition)) ?? templateOfOthers(object);
  return template && { template, spec: template.spec, containers: containersOf(template.spec) };
}

const NOTHING: JsonObject = {};
const paths = new WeakMap<KindDefinition, Path | undefined>();

/** Where objects of a kind keep their Pod spec; undefined for kinds that Pods do not come from. */
function templatePath(definition: KindDefinition): Path | undefined {
  if (!paths.has(definition)) {
    const { podTemplate } = definition;
    paths.set(definition, podTemplate?.(definition.newObject('any'))?.specPath);
  }
  return paths.get(definition);
}

/** A template that is missing is an empty one: an API server refuses it, and lints say the rest. */
function emptyTemplate(object: KubernetesObject, specPath: Path | undefined): PodTemplateView | undefined {
  if (specPath === undefined) return undefined;
  const labelsPath = [...specPath.slice(0, -1), 'metadata', 'labels'];
  return { spec: NOTHING, specPath, labelsPath, labels: stringMapAt(object, ...labelsPath) };
}

/** OpenShift's DeploymentConfigs, and every other kind that keeps its template where Deployments do. */
function templateOfOthers(object: KubernetesObject): PodTemplateView | undefined {
  const spec = objectAt(object, 'spec', 'template', 'spec');
  if (object.apiVersion === OPENSHIFT_APPS && object.kind === 'DeploymentConfig')
    return { ...emptyTemplate(object, ['spec', 'template', 'spec'])!, spec: spec ?? NOTHING };
  return spec && Array.isArray(spec['containers'])
    ? { ...emptyTemplate(object, ['spec', 'template', 'spec'])!, spec }
    : undefined;
}

function containersOf(spec: JsonObject): readonly ContainerView[] {
  return LISTS.flatMap((list) =>
    arrayAt(spec, list).flatMap((container, index): readonly ContainerView[] =>
      isJsonObject(container) ? [{ container, name: stringAt(container, 'name') ?? '', list, index }] : [],
    ),
  );
}

/** The object that bears `template`, `selector` and `replicas`: `spec`, or a CronJob's `spec.jobTemplate.spec`. */
export function templateHolder({ template: { specPath } }: Workload): Path | undefined {
  return specPath.at(-2) === 'template' ? specPath.slice(0, -2) : undefined;
}

/** The label selector of a workload and its field; undefined for Pods, and for ReplicationControllers, whose selector is a plain map. */
export function workloadSelector(
  workload: Workload,
): { readonly selector: LabelSelector; readonly field: Path } | undefined {
  const holder = templateHolder(workload);
  const { object } = workload.record;
  if (holder === undefined || object.apiVersion === 'v1') return undefined;
  const field = [...holder, 'selector'];
  const value = valueAt(object, ...field);
  return {
    field,
    selector: object.apiVersion === OPENSHIFT_APPS ? labelSelectorFromMap(value) : parseLabelSelector(value),
  };
}

const WITH_REPLICAS: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  '/ReplicationController',
  'argoproj.io/Rollout',
]);

/** How many Pods a workload asks for, where it can ask for a number: 1 where it does not say. */
export function replicasOf({ record: { object } }: Workload): number | undefined {
  const { group, kind } = groupVersionKindOf(object);
  const written = numberAt(object, 'spec', 'replicas');
  if (object.apiVersion === OPENSHIFT_APPS) return written ?? 0;
  return WITH_REPLICAS.has(`${group}/${kind}`) ? (written ?? 1) : undefined;
}
