import type { FieldError } from '../apimachinery/field-error.ts';
import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { Path } from '../base/json.ts';

export type ReadByItself =
  | { readonly ok: true; readonly object: KubernetesObject }
  | { readonly ok: false; readonly path: Path; readonly message: string };

/** What a server knows of its cluster; a design knows nothing of it. */
export interface ClusterFacts {
  /** `IPv4`, `IPv6`: what addresses Services can be given, the first where they do not say. */
  readonly serviceFamilies: readonly string[];
}

/**
 * What the API server does with objects of one kind between decoding and storing: the kind's `strategy.go`, its
 * `defaults.go` and its `validation.go`. One file a kind, `<kind>/<kind>.strategy.ts`, never in the page's first load;
 * the editor's verdict, the command line and the simulated API server call the same functions.
 *
 * Objects that reach a strategy have passed structure (no unknown field, every type right, nulls dropped). Nothing here
 * looks at the clock, at chance or at other objects; what needs those is admission.
 */
export interface KindStrategy extends GroupKind {
  /** What types of the kind that read themselves from JSON make of a decoded object. */
  readItself?(object: KubernetesObject): ReadByItself;
  /** Brings an object of an older or other served version to the version that is validated, before defaulting. */
  toHub?(object: KubernetesObject): KubernetesObject;
  /** The way back: the object in the version in which a client asks for it. */
  fromHub?(object: KubernetesObject, apiVersion: string): KubernetesObject;
  /** The object with everything filled in that the server fills in; the same value where nothing was missing. */
  setDefaults(object: KubernetesObject): KubernetesObject;
  /**
   * What admission that is always on fills in before the object is validated, where a rule asks for it: for verdicts on an
   * object alone. What is stored has it only where admission was asked.
   */
  asAdmitted?(object: KubernetesObject): KubernetesObject;
  /**
   * What a create of the (defaulted) object is refused for, in the server's order. Metadata is validated by the caller.
   * On an update the old object is given: some rules let pass what was wrong before.
   */
  validate(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[];
  /** What an update is refused for, besides what `validate` says. Both objects are defaulted. */
  validateUpdate?(object: KubernetesObject, old: KubernetesObject): readonly FieldError[];
  /** Clears what a client may not set on create (status, and fields the server owns). */
  prepareForCreate?(object: KubernetesObject, cluster?: ClusterFacts): KubernetesObject;
  /**
   * What the cluster gives the object at a create and no object alone can tell (addresses), made up: to judge the update of
   * an object that is only known from its manifest.
   */
  allocate?(object: KubernetesObject): KubernetesObject;
  prepareForUpdate?(object: KubernetesObject, old: KubernetesObject, cluster?: ClusterFacts): KubernetesObject;
  /** Warning headers of a create or update, in the server's words. */
  warnings?(object: KubernetesObject, old?: KubernetesObject): readonly string[];
  /** What the server makes of a write of the status before it judges it. */
  prepareStatus?(object: KubernetesObject, old: KubernetesObject): KubernetesObject;
  /**
   * What a write of the status is refused for; metadata is validated by the caller. Both objects have the same spec. Where
   * there is none, the kind's release has no rules for its status.
   */
  validateStatus?(object: KubernetesObject, old: KubernetesObject): readonly FieldError[];
  /** Warning headers of a write of the status. */
  statusWarnings?(object: KubernetesObject): readonly string[];
  /** Whether `status` is written only through the status subresource. */
  readonly hasStatus: boolean;
  /** Whether `metadata.generation` counts changes of the spec. */
  readonly hasGeneration: boolean;
}
