import { formatApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Path } from '../../base/json.ts';
import { arrayAt, numberAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition, PodTemplateView, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { customReferences } from './custom-references.ts';
import { printJsonPath } from './json-path.ts';
import { removeListItem } from './list-edit.ts';
import { newMetadata } from './new-metadata.ts';
import { podTemplateConnections } from './pod-spec/pod-template.connections.ts';
import { podTemplateDisconnect } from './pod-spec/pod-template.disconnect.ts';
import { podTemplateAt, podTemplateFact } from './pod-spec/pod-template.ts';

/** What a CustomResourceDefinition says of its kind. */
export interface CustomKind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly shortNames?: readonly string[];
  /** All versions that were ever served; the preferred one, which new objects use, is `version`. */
  readonly versions: readonly string[];
  readonly version: string;
  /** `additionalPrinterColumns` of that version. */
  readonly printColumns?: readonly PrintColumn[];
  readonly category?: KindDefinition['category'];
}

export interface PrintColumn {
  readonly name: string;
  readonly jsonPath: string;
  /** Columns above 0 are for `-o wide` only. */
  readonly priority?: number;
  /** A column of type `date` shows an age. */
  readonly type?: string;
}

/**
 * The definition of a kind that has no folder, from its CustomResourceDefinition or the little that is known of it.
 * Its references are guessed from the names of its fields.
 */
export function customKindDefinition(custom: CustomKind): KindDefinition {
  const { group, kind, scope, version } = custom;
  return {
    group,
    version,
    kind,
    resource: custom.plural,
    shortNames: custom.shortNames ?? [],
    scope,
    category: custom.category ?? 'custom',
    olderVersions: custom.versions.filter((other) => other !== version).map((other) => ({ group, version: other })),
    newObject: (name, namespace) => ({
      apiVersion: formatApiVersion(group, version),
      kind,
      metadata: newMetadata(name, scope === 'Cluster' ? undefined : namespace),
    }),
    references: (object) => customReferences(object, scope),
    podTemplate,
    connections: podTemplateConnections(podTemplate),
    disconnect,
    summary: (object) => customSummary(object, custom.printColumns ?? []),
    fields: ['spec'],
  };
}

/** Where kinds that run Pods keep their template: Rollout, CloneSet, DeploymentConfig, Knative's Service and others. */
const TEMPLATES: readonly Path[] = [
  ['spec', 'template'],
  ['spec', 'podTemplate'],
];

function templatePathOf(object: KubernetesObject): Path | undefined {
  return TEMPLATES.find((path) => arrayAt(object, ...path, 'spec', 'containers').length > 0);
}

function podTemplate(object: KubernetesObject): PodTemplateView | undefined {
  const path = templatePathOf(object);
  return path && podTemplateAt(object, path);
}

function customSummary(object: KubernetesObject, columns: readonly PrintColumn[]): Summary {
  const path = templatePathOf(object);
  const image = path && podTemplateFact(object, path);
  const pods = path && numberAt(object, 'spec', 'replicas');
  const [first, second] = columns
    .filter(({ priority = 0, type }) => priority === 0 && type !== 'date')
    .map(({ jsonPath }) => printJsonPath(object, jsonPath))
    .filter((text) => text !== '');
  const fact = image ?? first;
  const detail = image === undefined ? second : first;
  return {
    ...(fact !== undefined && { fact }),
    ...(detail !== undefined && { detail }),
    ...(pods !== undefined && { pods }),
  };
}

/** Takes the field away; of `{name, …}` the whole of it, of a list the item. */
function disconnect(object: KubernetesObject, reference: Reference): readonly FieldEdit[] | Refusal {
  const template = templatePathOf(object);
  const edits = template && podTemplateDisconnect(object, template, reference);
  if (edits) return edits;
  const { field } = reference;
  const path = field.at(-1) === 'name' ? field.slice(0, -1) : field;
  return [typeof path.at(-1) === 'number' ? removeListItem(object, path) : { op: 'delete', path }];
}
