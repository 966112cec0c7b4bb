import type { Path } from '../base/json.ts';
import type { RecordId } from './design.ts';
import type { LintId } from './lints/lint-id.ts';
import type { TemplateKey } from './lints/templates/template-key.ts';

/**
 * What a person should look at. Cross-object checks never make an object invalid; `object.invalid` is what an API server
 * would refuse the object for.
 */
export interface Problem {
  /** Id of the check and of its sentence in the locales. */
  readonly id: ProblemId;
  readonly severity: 'error' | 'warning' | 'info';
  readonly record: RecordId;
  /** The field to look at first; `[]` for the object as a whole. */
  readonly field: Path;
  /** Other records in it: the second of two with one name, the other autoscaler. */
  readonly related?: readonly RecordId[];
  readonly params: Readonly<Record<string, string | number>>;
}

export type ProblemId =
  | `lint.${LintId}`
  | `lint.custom.${TemplateKey}` // check, description, and what the template found
  | 'reference.missing' // type, target
  | 'reference.keyMissing' // target, key
  | 'reference.unknownKind' // target: its kind is neither built in nor defined here
  | 'selector.matchesNothing' // selector
  | 'selector.doesNotMatchTemplate'
  | 'selector.overlaps' // other workload selecting the same Pods
  | 'service.portNotListened' // port: no container of the selected Pods has it
  | 'backend.portMissing' // service, port
  | 'probe.portMissing' // port
  | 'volumeMount.volumeMissing' // volume
  | 'identity.duplicate'
  | 'autoscaler.sameTarget'
  | 'autoscaler.fightsReplicas'
  | 'disruption.sameTarget'
  | 'ingress.sameRoute' // host, path
  | 'class.severalDefaults'
  | 'apiVersion.removed' // apiVersion, release, replacement
  | 'apiVersion.removedForGood' // apiVersion, kind, release: nothing takes its place
  | 'apiVersion.deprecated' // apiVersion, release, replacement
  | 'apiVersion.deprecatedForGood'
  | 'apiVersion.tooNew' // apiVersion, kind, release: the first that serves it
  | 'apiVersion.podSecurityPolicy'
  | 'apiVersion.podPreset'
  | 'apiVersion.componentStatus'
  | 'namespace.missing'
  | 'grant.missing' // cross-namespace reference without a ReferenceGrant
  | 'claim.usedByMany' // ReadWriteOnce claim of several Pods
  | 'object.invalid' // reason, message: what an API server refuses, in its words
  | 'admission.refused' // plugin, message: what a cluster that holds the rest of the design refuses, in its words
  | 'object.immutable' // reason, message: what a cluster that runs the opened form refuses of the change, in its words
  | 'policy.typeWarning' // message: what a cluster writes into the status of a policy, in its words
  | 'webhook.asked' // webhook, count, objects: what it would be asked about
  | 'object.warning' // message: what an API server accepts with a warning, in its words
  | 'rehearsal.refused'; // message: what the simulated cluster that runs refused of the last change, in its words
