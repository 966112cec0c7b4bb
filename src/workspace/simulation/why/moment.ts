import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { findCondition, conditionsOf } from '../../../apimachinery/conditions.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import type { TraceEntry } from '../../../simulator/kernel/trace.ts';

/** How a cluster stands at a step, and what happened up to it: everything that a diagnosis may look at. */
export interface Moment {
  readonly objects: readonly KubernetesObject[];
  /** By seq, less one; later ones may follow. */
  readonly entries: readonly TraceEntry[];
  /** The step that is looked at. */
  readonly seq: number;
  /** Milliseconds of the run. */
  readonly nowMs: number;
  /** Ids of components that do not run. */
  readonly stopped: ReadonlySet<string>;
}

/** `Pod/shop/web-0`, `Node//w1`. */
export function keyOf(object: KubernetesObject): string {
  return `${object.kind}/${namespaceOf(object) ?? ''}/${nameOf(object)}`;
}

export function findObject(moment: Moment, key: string): KubernetesObject | undefined {
  return moment.objects.find((object) => keyOf(object) === key);
}

/** Condition of a type; undefined where there is none, or it has another status. */
export function conditionWith(object: KubernetesObject, type: string, status: string) {
  const condition = findCondition(conditionsOf(object), type);
  return stringAt(condition, 'status') === status ? condition : undefined;
}

/** Objects that an object owns. */
export function ownedBy(moment: Moment, owner: KubernetesObject, kind: string): readonly KubernetesObject[] {
  const uid = stringAt(owner, 'metadata', 'uid');
  return moment.objects.filter(
    (object) =>
      object.kind === kind &&
      arrayAt(object, 'metadata', 'ownerReferences').some((reference) => stringAt(reference, 'uid') === uid),
  );
}

export function nodeNamed(moment: Moment, name: string | undefined): KubernetesObject | undefined {
  return moment.objects.find(({ kind, metadata }) => kind === 'Node' && stringAt(metadata, 'name') === name);
}

/** What an entry must be to prove something. */
export type Proof = (entry: TraceEntry) => boolean;

/** Seq of the newest entry up to the moment that proves something; undefined where none does. */
export function provenBy({ entries, seq }: Moment, proof: Proof): number | undefined {
  for (let at = Math.min(seq, entries.length) - 1; at >= 0; at--) if (proof(entries[at]!)) return entries[at]!.seq;
  return undefined;
}

/** A write of the status of an object. */
export function statusWrite(key: string): Proof {
  return ({ class: kind, verb, object, detail }) =>
    kind === 'request' &&
    (verb === 'PATCH' || verb === 'PUT') &&
    isOf(object, key) &&
    (stringAt(detail, 'path') ?? '').includes('/status');
}

/** An Event that somebody writes about an object, of one of these reasons. */
export function eventAbout(object: KubernetesObject, ...reasons: readonly string[]): Proof {
  const uid = stringAt(object, 'metadata', 'uid');
  return ({ class: kind, verb, body, object: event }) =>
    kind === 'request' &&
    (verb === 'POST' || verb === 'PATCH') &&
    event?.startsWith('Event/') === true &&
    stringAt(body, 'involvedObject', 'uid') === uid &&
    reasons.includes(stringAt(body, 'reason') ?? '');
}

/** A component ends, or a machine with it. */
export function faultOf(...names: readonly string[]): Proof {
  return ({ class: kind, verb }) => kind === 'fault' && names.includes(verb);
}

export function firstOf(...proofs: readonly Proof[]): Proof {
  return (entry) => proofs.some((proof) => proof(entry));
}

/**
 * Whether an entry is about the object of a key. Entries name cluster-wide objects with one slash or with two, and
 * requests without a body by their resource: `nodes//w1`.
 */
export function isOf(object: string | undefined, key: string): boolean {
  if (object === undefined) return false;
  if (object === key) return true;
  const [kind = '', ...place] = object.split('/');
  const [own = '', ...ownPlace] = key.split('/');
  const isKind = kind === own || kind.startsWith(own.toLowerCase());
  return isKind && place.filter(Boolean).join('/') === ownPlace.filter(Boolean).join('/');
}

/** The Event of a reason that was seen last about an object. */
export function newestEvent(
  { objects }: Moment,
  about: KubernetesObject,
  ...reasons: readonly string[]
): KubernetesObject | undefined {
  const uid = stringAt(about, 'metadata', 'uid');
  const found = objects.filter(
    (event) =>
      event.kind === 'Event' &&
      stringAt(event, 'involvedObject', 'uid') === uid &&
      reasons.includes(stringAt(event, 'reason') ?? ''),
  );
  return found.reduce<KubernetesObject | undefined>(
    (newest, event) => (newest === undefined || seen(event) >= seen(newest) ? event : newest),
    undefined,
  );
}

function seen(event: KubernetesObject): string {
  return (
    stringAt(event, 'series', 'lastObservedTime') ??
    stringAt(event, 'lastTimestamp') ??
    stringAt(event, 'eventTime') ??
    ''
  );
}

export function restartsOf(status: unknown): number {
  return numberAt(status, 'restartCount') ?? 0;
}
