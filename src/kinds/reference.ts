import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import type { LabelSelector } from '../apimachinery/label-selector.ts';
import type { Path } from '../base/json.ts';

/**
 * One thing that an object points at, as declared by the pointing kind. A declaration is data: the design resolves it
 * against what is there, and drawing, renaming, deleting, problems and the simulator all read the same declaration.
 */
export interface Reference {
  readonly type: ReferenceType;
  /** The field that does the pointing: the name itself for a name, the selector for a selector. */
  readonly field: Path;
  readonly target: ReferenceTarget;
  /** The API lets the target be missing (`optional: true`); nothing is reported then. */
  readonly optional?: boolean;
  /** The entry that is meant inside a ConfigMap or Secret. */
  readonly key?: string;
  /** The port that is meant at the target, by name or number, as written. */
  readonly port?: string | number;
  /** Where the namespace of the target is written, when it is written at all; a move edits it. */
  readonly namespaceField?: Path;
  /**
   * How the name stands in `field` when it is not the whole value; a rename prints it again.
   * `{name}` and `{namespace}` are the target's: `{namespace}/{name}`.
   */
  readonly nameFormat?: string;
  /**
   * The name stands in the last step of `field`, a map key, not in its value: `spec.hard` of a ResourceQuota counts
   * `gold.storageclass.storage.k8s.io/requests.storage`. A rename moves the entry to its new key.
   */
  readonly inKey?: true;
}

/** How a reference finds its target. */
export type ReferenceTarget = NameTarget | PodSelectorTarget | ObjectSelectorTarget | TaintTarget | ExternalTarget;

/** Where the kind of a target is said, when not by who points at it. */
export interface KindSource extends GroupKind {
  /** The name of a cluster-scoped object of that group and kind. */
  readonly name: string;
  /** Where in it `apiVersion` and `kind` stand. */
  readonly path: Path;
}

/** One object by kind and name. */
export interface NameTarget {
  /** Another object says the kind, and `group` and `kind` are empty; where that says none, nothing is pointed at. */
  readonly kindIn?: KindSource;
  readonly by: 'name';
  readonly group: string;
  readonly kind: string;
  /** '' for a cluster-scoped kind. */
  readonly namespace: string;
  readonly name: string;
  /** Known for owner references out of a cluster; when both sides have one, they must agree. */
  readonly uid?: string;
}

/** Pods, or the objects whose Pod template matches. */
export interface PodSelectorTarget {
  readonly by: 'pods';
  readonly namespaces: NamespaceChoice;
  readonly selector: LabelSelector;
}

/** Which namespaces a selector looks in: some by name, those whose labels match, or all. */
export type NamespaceChoice =
  | { readonly names: readonly string[] }
  | { readonly selector: LabelSelector; /** And of these names only. */ readonly names?: readonly string[] }
  | 'all';

/** Objects of one kind by their labels or fields; matches when any term matches (node affinity, role aggregation). */
export interface ObjectSelectorTarget {
  /** As of a name. */
  readonly kindIn?: KindSource;
  readonly by: 'objects';
  readonly group: string;
  readonly kind: string;
  readonly namespaces: NamespaceChoice;
  readonly anyOf: readonly ObjectSelectorTerm[];
}

/** All of `labels` and all of `fields` must match; a field is named by its path: `metadata.name`, `spec.signerName`. */
export interface ObjectSelectorTerm {
  readonly labels: LabelSelector;
  readonly fields?: LabelSelector;
}

/** Nodes with a taint that a toleration tolerates. */
export interface TaintTarget {
  readonly by: 'taint';
  readonly toleration: Toleration;
}

/** core/v1 Toleration. A missing key with operator Exists tolerates everything. */
export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

/** Something that is no object of the cluster. */
export interface ExternalTarget {
  readonly by: 'external';
  readonly what: ExternalKind;
  readonly value: string;
}

export type ExternalKind =
  | 'cidr' // NetworkPolicy ipBlock
  | 'address' // endpoint address, load balancer source
  | 'dnsName' // Service externalName, webhook url host
  | 'url' // webhook clientConfig.url
  | 'image' // container image
  | 'user' // RBAC User
  | 'group' // RBAC Group
  | 'cloudIdentity' // IAM role of a ServiceAccount annotation
  | 'provisioner' // StorageClass provisioner without a CSIDriver object
  | 'controller' // IngressClass and GatewayClass controller names
  | 'service'; // NFS, Ceph and other servers named by a volume

/** How a kind of reference is drawn: the four classes of line, and what is not drawn as a line at all. */
export type ReferenceLine = 'reference' | 'selector' | 'owner' | 'traffic' | 'containment';

interface ReferenceTypeFacts {
  readonly line: ReferenceLine;
  /**
   * What it means that nothing matches. `error`: the Pod or object cannot work. `warning`: it works but does nothing.
   * `info`: the cluster or its provider brings the target, which manifests seldom hold (Nodes, classes, owners).
   * `none`: nothing is wrong (a toleration without a tainted Node).
   */
  readonly dangling: 'error' | 'warning' | 'info' | 'none';
}

/**
 * Every meaning a reference can have. The word is stable: it stands in `drydock graph` output.
 */
export const REFERENCE_TYPES = {
  owner: { line: 'owner', dangling: 'info' },
  namespace: { line: 'containment', dangling: 'warning' },
  node: { line: 'reference', dangling: 'info' },
  // Selection
  serviceSelector: { line: 'selector', dangling: 'warning' },
  workloadSelector: { line: 'selector', dangling: 'none' },
  policySelector: { line: 'selector', dangling: 'warning' },
  policyIngress: { line: 'traffic', dangling: 'warning' },
  policyEgress: { line: 'traffic', dangling: 'warning' },
  disruptionSelector: { line: 'selector', dangling: 'warning' },
  aggregation: { line: 'selector', dangling: 'none' },
  nodeSelector: { line: 'selector', dangling: 'none' },
  nodeAffinity: { line: 'selector', dangling: 'none' },
  podAffinity: { line: 'selector', dangling: 'none' },
  podAntiAffinity: { line: 'selector', dangling: 'none' },
  topologySpread: { line: 'selector', dangling: 'none' },
  toleration: { line: 'selector', dangling: 'none' },
  // Configuration
  env: { line: 'reference', dangling: 'error' },
  envFrom: { line: 'reference', dangling: 'error' },
  volume: { line: 'reference', dangling: 'error' },
  projectedVolume: { line: 'reference', dangling: 'error' },
  imagePullSecret: { line: 'reference', dangling: 'warning' },
  secretReference: { line: 'reference', dangling: 'warning' },
  serviceAccountToken: { line: 'reference', dangling: 'error' },
  image: { line: 'reference', dangling: 'none' },
  // Storage
  claim: { line: 'reference', dangling: 'error' },
  claimTemplate: { line: 'reference', dangling: 'none' },
  boundVolume: { line: 'reference', dangling: 'warning' },
  volumeSelector: { line: 'selector', dangling: 'warning' },
  boundClaim: { line: 'reference', dangling: 'warning' },
  storageClass: { line: 'reference', dangling: 'info' },
  csiDriver: { line: 'reference', dangling: 'none' },
  dataSource: { line: 'reference', dangling: 'warning' },
  volumeAttributesClass: { line: 'reference', dangling: 'info' },
  attachment: { line: 'reference', dangling: 'warning' },
  snapshot: { line: 'reference', dangling: 'warning' },
  // Network
  backend: { line: 'traffic', dangling: 'error' },
  defaultBackend: { line: 'traffic', dangling: 'error' },
  mirror: { line: 'traffic', dangling: 'warning' },
  extension: { line: 'reference', dangling: 'warning' },
  tls: { line: 'reference', dangling: 'error' },
  class: { line: 'reference', dangling: 'info' },
  parameters: { line: 'reference', dangling: 'warning' },
  parent: { line: 'traffic', dangling: 'error' },
  governingService: { line: 'reference', dangling: 'warning' },
  endpointsOf: { line: 'owner', dangling: 'warning' },
  endpoint: { line: 'traffic', dangling: 'warning' },
  externalName: { line: 'traffic', dangling: 'none' },
  grant: { line: 'reference', dangling: 'none' },
  policyTarget: { line: 'reference', dangling: 'warning' },
  webhook: { line: 'traffic', dangling: 'error' },
  apiService: { line: 'traffic', dangling: 'error' },
  networkAttachment: { line: 'reference', dangling: 'warning' },
  address: { line: 'owner', dangling: 'warning' },
  // Identity, policy, scaling, scheduling
  serviceAccount: { line: 'reference', dangling: 'error' },
  role: { line: 'reference', dangling: 'warning' },
  subject: { line: 'reference', dangling: 'warning' },
  resourceName: { line: 'reference', dangling: 'none' },
  cloudIdentity: { line: 'reference', dangling: 'none' },
  scaleTarget: { line: 'reference', dangling: 'error' },
  metric: { line: 'reference', dangling: 'warning' },
  priorityClass: { line: 'reference', dangling: 'error' },
  runtimeClass: { line: 'reference', dangling: 'error' },
  priorityLevel: { line: 'reference', dangling: 'warning' },
  policy: { line: 'reference', dangling: 'error' },
  policyParameter: { line: 'reference', dangling: 'warning' },
  resourceClaim: { line: 'reference', dangling: 'error' },
  deviceClass: { line: 'reference', dangling: 'error' },
  quotaScope: { line: 'reference', dangling: 'none' },
  regarding: { line: 'reference', dangling: 'none' },
  custom: { line: 'reference', dangling: 'none' },
} as const satisfies Record<string, ReferenceTypeFacts>;

export type ReferenceType = keyof typeof REFERENCE_TYPES;
