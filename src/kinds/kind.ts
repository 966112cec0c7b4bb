import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject, Path } from '../base/json.ts';
import type { FieldEdit, Refusal } from './field-edit.ts';
import type { Reference } from './reference.ts';

/**
 * A kind is one folder, and this is what the folder gives: everything Drydock knows of one kind of Kubernetes object,
 * in Kubernetes' own terms. Nothing outside `kinds/` asks which kind an object is; it asks the definition instead.
 *
 * Identity, `newObject` and `references` are required. Every other built-in kind and every custom resource gets a
 * generic definition (see `generic.ts`), so a folder is only worth making for a kind that points at something, holds
 * something, or has something to say on its card.
 *
 * All functions are total: an object comes from somebody's file, and any field may be missing or of the wrong type.
 *
 * @example
 * export const priorityClass: KindDefinition = {
 *   group: 'scheduling.k8s.io', version: 'v1', kind: 'PriorityClass', resource: 'priorityclasses',
 *   shortNames: ['pc'], scope: 'Cluster', category: 'cluster',
 *   newObject: (name) => ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value: 1000 }),
 *   references: () => [],
 *   summary: (object) => ({ fact: String(numberAt(object, 'value') ?? 0) }),
 * };
 */
export interface KindDefinition {
  /** '' for the core group. */
  readonly group: string;
  /** The version that new objects use: the preferred one of the pinned release. */
  readonly version: string;
  readonly kind: string;
  /** Plural name in URLs. */
  readonly resource: string;
  readonly shortNames: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  readonly category: Category;
  /** What names may look like; an RFC 1123 subdomain where nothing is said. */
  readonly nameForm?: NameForm;
  /**
   * Other spellings of the same objects: older versions and the groups they once lived in (`extensions/v1beta1`).
   * References to any of them find the object, whichever it is written in.
   */
  readonly olderVersions?: readonly Omit<GroupVersionKind, 'kind'>[];

  /** A minimal object that a real API server accepts. `namespace` is left out of the object when not given. */
  newObject(name: string, namespace?: string): KubernetesObject;

  /** Everything the object points at, owner references and its namespace excepted (those are added for every kind). */
  references(object: KubernetesObject): readonly Reference[];

  /** Where Pods come from: the Pod itself, or the template of a workload. */
  podTemplate?(object: KubernetesObject): PodTemplateView | undefined;
  /**
   * Labels that the controller adds to the Pods it makes: a map for each Pod, or one for all that are alike. Selectors
   * may name them, although no manifest holds them.
   */
  podLabels?(object: KubernetesObject): readonly ReadonlyMap<string, string>[];
  /** The entries that a reference may name with `key` (ConfigMap, Secret). Values never leave this function. */
  keys?(object: KubernetesObject): readonly string[];
  /** The ports at which the object takes traffic on behalf of Pods (Service). */
  servicePorts?(object: KubernetesObject): readonly ServicePortView[];
  /** Objects that the object will make, whose names others may use (claims of a StatefulSet, Jobs of a CronJob). */
  makes?(object: KubernetesObject): readonly MadeObject[];
  /** Kinds that the object brings into the cluster (CustomResourceDefinition). */
  definesKinds?(object: KubernetesObject): readonly KindDefinition[];

  /** What an arrow from this kind can mean, best first. */
  readonly connections?: readonly Connection[];
  /** The edit that takes one of this object's references away, or why it cannot be taken away. */
  disconnect?(object: KubernetesObject, reference: Reference): readonly FieldEdit[] | Refusal;

  /** What the card says under the name, in the words of kubectl. */
  summary?(object: KubernetesObject): Summary;
  /** The fields that the inspector shows first; `*` stands for each item of a list. */
  readonly fields?: readonly string[];
}

/** `label`: RFC 1123 label (Namespace, Service); `pathSegment`: anything that fits one part of a URL (RBAC). */
export type NameForm = 'subdomain' | 'label' | 'pathSegment';

/** Groups of the palette; also the colour of a card. */
export type Category = 'workload' | 'network' | 'config' | 'storage' | 'access' | 'cluster' | 'custom';

export interface PodTemplateView {
  readonly labels: ReadonlyMap<string, string>;
  readonly spec: JsonObject;
  /** Path of the labels in the object, `metadata.labels` for a Pod. */
  readonly labelsPath: Path;
  /** Path of the Pod spec in the object, `spec` for a Pod. */
  readonly specPath: Path;
}

export interface ServicePortView {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  /** Port of the container, by number or name; `port` where the object names none. */
  readonly targetPort: number | string;
  /** Field of the target port, or of the port where none is written. */
  readonly field: Path;
}

/** An object that does not stand in any file but will exist: `data-mysql-0` of a StatefulSet `mysql`. */
export interface MadeObject {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export interface Summary {
  /** The one fact that matters, beside the kind: image, port, size. */
  readonly fact?: string;
  /** A second line, when it earns its place: host and path, schedule, ports. */
  readonly detail?: string;
  /** How many Pods the object asks for; the card shows as many marks. */
  readonly pods?: number;
}

/** One meaning of an arrow drawn from an object of this kind to another. */
export interface Connection {
  /** Stable word, unique for a kind and what the arrow ends at; names the sentence that explains it in the locales. */
  readonly id: ConnectionId;
  /** Which objects it can end at: a group and kind, or whatever has a Pod template. */
  readonly to: { readonly group: string; readonly kind: string } | 'podTemplate';
  /**
   * The exact edits, or why not. `source` and `target` are as they stand; edits of the target are rare
   * (a NetworkPolicy needs labels on its namespace).
   */
  connect(
    source: KubernetesObject,
    target: KubernetesObject,
    targetTemplate?: PodTemplateView,
    chosen?: ConnectionChosen,
  ): ConnectionEdits | Refusal;
  /** What a person may choose about the edit, each with what is taken when nothing is chosen. */
  options?(
    source: KubernetesObject,
    target: KubernetesObject,
    targetTemplate?: PodTemplateView,
  ): readonly ConnectionOption[];
}

export interface ConnectionOption {
  readonly id: ConnectionOptionId;
  /** What is taken unless something else is chosen. */
  readonly value: string;
  /** What there is to choose from; any text where left out. */
  readonly values?: readonly string[];
}

export type ConnectionOptionId =
  | 'container' // which container gets it
  | 'key' // which entry of a ConfigMap or Secret
  | 'variable' // name of the environment variable
  | 'mountPath'
  | 'port'
  | 'path' // of a URL
  | 'host'
  | 'label'; // `key=value` of a Node

export type ConnectionChosen = Readonly<Partial<Record<ConnectionOptionId, string>>>;

export interface ConnectionEdits {
  readonly source?: readonly FieldEdit[];
  readonly target?: readonly FieldEdit[];
}

export type ConnectionId =
  | 'select' // a Service, PodDisruptionBudget or NetworkPolicy selects Pods
  | 'route' // an Ingress or route sends requests to a Service
  | 'defaultBackend'
  | 'tls'
  | 'class'
  | 'attach' // a route attaches to a Gateway
  | 'envFrom'
  | 'env'
  | 'mount'
  | 'pullSecret'
  | 'runAs' // a workload runs as a ServiceAccount
  | 'governingService'
  | 'scale'
  | 'bindRole'
  | 'bindSubject'
  | 'bindVolume'
  | 'storageClass'
  | 'priority'
  | 'runtime'
  | 'place' // a workload goes to a Node, by nodeSelector
  | 'require' // by required node affinity
  | 'prefer' // by preferred node affinity
  | 'tolerate' // a workload tolerates the taints of a Node
  | 'allowFrom'
  | 'allowTo'
  | 'callService' // webhook, APIService
  | 'usePolicy'
  | 'claimDevice'
  | 'snapshotOf'
  | 'dataSource';
