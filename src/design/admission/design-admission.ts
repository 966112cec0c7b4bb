import { sameItems } from '../../base/same-items.ts';
import { admissionChain, admit, validate } from '../../admission/admission-chain.ts';
import type { AdmissionRequest } from '../../admission/admission-request.ts';
import { nameInMessages } from '../../admission/answer.ts';
import type { Refusal } from '../../admission/answer.ts';
import type { ClusterView } from '../../admission/cluster-view.ts';
import { mutatingAdmissionPolicy } from '../../admission/policies/mutating-admission-policy.ts';
import type { ExpressionWarning } from '../../admission/policies/type-checking.ts';
import { deviceAdminErrors } from '../../admission/resource-claims/device-admin-access.ts';
import { RESOURCE_QUOTA } from '../../admission/quota/check-request.ts';
import type { Webhook } from '../../admission/webhooks/webhook-hooks.ts';
import { webhooksAbout } from '../../admission/webhooks/webhooks-about.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { objectIdentity } from '../../apimachinery/object-identity.ts';
import type { Path } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import type { JudgeContext } from '../../kinds/served-kind.ts';
import { strategyOf } from '../../kinds/strategies.ts';
import { invalidObject } from '../../kinds/verdict.ts';
import type { Design, DesignRecord, RecordId } from '../design.ts';
import type { Problem } from '../problem.ts';
import { AskedWebhooks } from './asked-webhooks.ts';
import type { Bucket } from './design-cluster.ts';
import { DesignCluster, bucketKey } from './design-cluster.ts';
import { madeRequests } from './made-requests.ts';
import type { MadeRequest } from './made-requests.ts';
import { isTypeChecked, policyTypeWarnings, problemsOfTypes } from './policy-types.ts';
import { providedObject } from './provided-object.ts';
import { QuotaPass } from './quota-pass.ts';
import type { KnownCharges } from './quota-pass.ts';

const LIMIT_RANGE = { group: '', kind: 'LimitRange' };
const DEFINITION = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' };
const DEVICE_CLASS = { group: 'resource.k8s.io', kind: 'DeviceClass' };
const CHAIN = admissionChain({ disable: ['ResourceQuota'] });

/** What one record comes to by itself and by what it looks at; quota aside, which depends on all. */
interface Judged {
  readonly refused: readonly Refused[];
  /** Warnings of requests that pass. */
  readonly warned: readonly Warned[];
  /** Webhooks that would be asked. */
  readonly asked: readonly Webhook[];
  /** What is wrong with the types in the expressions of a policy. */
  readonly typed: readonly ExpressionWarning[];
  /** What passes, as admission leaves it. */
  readonly admitted: readonly MadeRequest[];
  /** What was looked at, and what was there. */
  readonly reads: readonly (readonly [key: string, bucket: Bucket | undefined])[];
}

/** A record that the server accepts by itself. */
interface Found {
  readonly record: DesignRecord;
  readonly judged: Judged;
}

interface Refused {
  readonly plugin: string;
  readonly refusal: Refusal;
  readonly specPath: Path;
}

interface Warned {
  readonly message: string;
  readonly specPath: Path;
}

/** The quotas of one namespace, and what they refuse of what came to them. */
interface Counted {
  readonly quotas: Bucket;
  /** Device classes, by which claims are counted. */
  readonly classes: Bucket | undefined;
  readonly known: KnownCharges;
  readonly charged: readonly Judged[];
  readonly refused: ReadonlyMap<Judged, readonly Refused[]>;
}

/**
 * What admission would refuse were a design applied to an empty cluster: namespaces, classes, limits and quotas first,
 * then the rest in order, with the Pods and claims that controllers make of it. Remembers what it found out: after an edit
 * only what changed is judged again, and what looks at it.
 */
export class DesignAdmission {
  private cluster: DesignCluster | undefined;
  private judged = new WeakMap<KubernetesObject, Judged>();
  /** What was found in each entry of a whole cluster. */
  private whole: { readonly cluster: DesignCluster; readonly found: readonly (Found | undefined)[] } | undefined;
  private context: JudgeContext | undefined;
  private counted: ReadonlyMap<string, Counted> = new Map();

  /** Problems in the order of records. Schemas and strategies are loaded (see `preloadValidity`). */
  problems(design: Design, context: JudgeContext): readonly Problem[] {
    const cluster = this.next(design, context);
    const found = this.find(cluster, context);
    const overQuota = this.count(found, cluster, context);
    const ids = idsOf(design);
    const problems: Problem[] = [];
    const asked = new AskedWebhooks();
    for (const { record, judged } of found) asked.add(record, judged.asked);
    for (const { record, judged } of found) {
      const over = overQuota.get(judged) ?? [];
      if (judged.refused.length > 0 || over.length > 0)
        problems.push(...problemsOf(record, [...judged.refused, ...over], ids));
      problems.push(...warningsOf(record, judged.warned), ...problemsOfTypes(record, judged.typed));
      problems.push(...asked.problemsOf(record));
    }
    return problems;
  }

  /** Finds out what `problems` takes for granted, a number of records between two steps. */
  *slices(design: Design, context: JudgeContext, size: number): Iterable<void> {
    const cluster = this.next(design, context);
    let count = 0;
    for (const { record, object } of cluster.entries) {
      if (object !== undefined) this.judge(record, object, cluster, context);
      if (++count % size === 0) yield;
    }
  }

  private next(design: Design, context: JudgeContext): DesignCluster {
    if (this.context?.registry !== context.registry || this.context.release !== context.release) {
      this.cluster = undefined;
      this.whole = undefined;
      this.judged = new WeakMap();
    }
    this.context = context;
    return (this.cluster = new DesignCluster(design, context, this.cluster));
  }

  /** Judges what is not as it was, and what looked at something that is not as it was. */
  private find(cluster: DesignCluster, context: JudgeContext): readonly Found[] {
    const { whole } = this;
    const changed = whole && cluster.changedSince(whole.cluster);
    const found = cluster.entries.map((entry, at): Found | undefined => {
      const { record, object } = entry;
      const before = whole?.cluster.entries[at] === entry ? whole.found[at] : undefined;
      if (before && changed && !before.judged.reads.some(([key]) => changed.has(key))) return before;
      return object && { record, judged: this.judge(record, object, cluster, context) };
    });
    this.whole = { cluster, found };
    return found.filter((entry) => entry !== undefined);
  }

  private judge(
    record: DesignRecord,
    object: KubernetesObject,
    cluster: DesignCluster,
    { registry, release }: JudgeContext,
  ): Judged {
    const before = this.judged.get(object);
    if (before?.reads.every(([key, bucket]) => cluster.bucket(key) === bucket)) return before;
    const reads = new Set<string>();
    const view = cluster.view(object, reads);
    const refused: Refused[] = [];
    const warned: Warned[] = [];
    const admitted: MadeRequest[] = [];
    const asked: Webhook[] = [];
    for (const made of madeRequests(record, object, registry.of(object))) {
      const answer = answerTo(made.request, view);
      if ('refused' in answer) refused.push({ ...answer.refused, specPath: made.specPath });
      else {
        admitted.push({ ...made, request: answer.request });
        asked.push(...webhooksAbout(answer.request, view));
        for (const message of answer.warnings) warned.push({ message, specPath: made.specPath });
      }
    }
    let typed: readonly ExpressionWarning[] = [];
    if (isTypeChecked(object)) {
      const definitions = bucketKey(DEFINITION, '');
      reads.add(definitions);
      typed = policyTypeWarnings(object, cluster.bucket(definitions)?.objects ?? [], release);
    }
    const judged = {
      refused,
      warned,
      asked,
      typed,
      admitted,
      reads: [...reads].map((key) => [key, cluster.bucket(key)] as const),
    };
    this.judged.set(object, judged);
    return judged;
  }

  private count(
    found: readonly Found[],
    cluster: DesignCluster,
    context: JudgeContext,
  ): ReadonlyMap<Judged, readonly Refused[]> {
    const all = new Map<Judged, readonly Refused[]>();
    const counted = new Map<string, Counted>();
    const classes = cluster.bucket(bucketKey(DEVICE_CLASS, ''));
    const keys = cluster.keysOf(RESOURCE_QUOTA);
    const charged = keys.length === 0 ? new Map<string, Found[]>() : byQuotas(found);
    for (const key of keys) {
      const quotas = cluster.bucket(key)!;
      const inOrder = quotasFirst(charged.get(key) ?? []);
      const before = this.counted.get(key);
      const isSame = before?.quotas === quotas && before.classes === classes;
      const known: KnownCharges = isSame ? before.known : new WeakMap();
      const now =
        isSame && sameItems(before.charged, inOrder)
          ? before
          : { quotas, classes, known, charged: inOrder, refused: refusedBy(quotas, known, inOrder, cluster, context) };
      counted.set(key, now);
      for (const [judged, refused] of now.refused) all.set(judged, refused);
    }
    this.counted = counted;
    return all;
  }
}

/** What becomes of a request: changed, found valid once more as it is then, and admitted. */
function answerTo(
  request: AdmissionRequest,
  view: ClusterView,
):
  | { readonly request: AdmissionRequest; readonly warnings: readonly string[] }
  | { readonly refused: Omit<Refused, 'specPath'> } {
  const changed = admit(request, view, CHAIN);
  if ('refusal' in changed) return { refused: changed };
  const { object } = changed;
  if (object === undefined) return { request, warnings: changed.warnings };
  const isChanged = takesValues(request, view) || changed.changedBy.includes(mutatingAdmissionPolicy.name);
  const invalid = isChanged ? invalidNow(request, object, view) : undefined;
  if (invalid !== undefined) return { refused: invalid };
  const wrong = deviceAdminErrors(object, view);
  if (wrong.length > 0) {
    const { message } = invalidObject(request.kind, nameInMessages(request), wrong);
    return { refused: { plugin: 'DRAAdminAccess', refusal: { code: 422, reason: 'Invalid', message, details: {} } } };
  }
  const answer = validate({ ...request, object }, view, CHAIN);
  if ('refusal' in answer) return { refused: answer };
  return { request: { ...request, object }, warnings: [...changed.warnings, ...answer.warnings] };
}

/** Whether a Pod is given amounts that nobody wrote into it: by a LimitRange or its RuntimeClass. */
function takesValues({ object, namespace }: AdmissionRequest, view: ClusterView): boolean {
  return stringAt(object, 'spec', 'runtimeClassName') !== undefined || view.list(LIMIT_RANGE, namespace).length > 0;
}

/** What is filled in can make a Pod invalid that was none before: defaults of a LimitRange beyond what the whole Pod may have. */
function invalidNow(
  request: AdmissionRequest,
  object: KubernetesObject,
  view: ClusterView,
): Omit<Refused, 'specPath'> | undefined {
  const isInvalid = (state: KubernetesObject): boolean => (strategyOf(request.kind)?.validate(state) ?? []).length > 0;
  if (request.object === undefined || !isInvalid(object) || isInvalid(request.object)) return undefined;
  const { message } = invalidObject(request.kind, nameInMessages(request), strategyOf(request.kind)!.validate(object));
  let current = request;
  const culprit = CHAIN.find((plugin) => {
    const answer = admit(current, view, [plugin]);
    if ('object' in answer && answer.object !== undefined) current = { ...current, object: answer.object };
    return isInvalid(current.object!);
  });
  return { plugin: culprit?.name ?? '', refusal: { code: 422, reason: 'Invalid', message, details: {} } };
}

/** What each namespace holds, by the key of its quotas. */
function byQuotas(found: readonly Found[]): ReadonlyMap<string, Found[]> {
  const lists = new Map<string, Found[]>();
  for (const entry of found) {
    const list = lists.get(entry.record.namespace);
    if (list === undefined) lists.set(entry.record.namespace, [entry]);
    else list.push(entry);
  }
  return new Map([...lists].map(([namespace, list]) => [bucketKey(RESOURCE_QUOTA, namespace), list]));
}

function quotasFirst(charged: readonly Found[]): readonly Judged[] {
  const isQuota = ({ object }: DesignRecord): boolean =>
    object.kind === RESOURCE_QUOTA.kind && object.apiVersion === 'v1';
  return [...charged.filter(({ record }) => isQuota(record)), ...charged.filter(({ record }) => !isQuota(record))].map(
    ({ judged }) => judged,
  );
}

/** What every namespace holds before anybody puts anything there, and quotas count. */
const FROM_THE_START = [
  { group: '', kind: 'ConfigMap', name: 'kube-root-ca.crt' },
  { group: '', kind: 'ServiceAccount', name: 'default' },
];

function refusedBy(
  quotas: Bucket,
  known: KnownCharges,
  charged: readonly Judged[],
  cluster: DesignCluster,
  { registry }: JudgeContext,
): ReadonlyMap<Judged, readonly Refused[]> {
  const [first] = charged.flatMap(({ admitted }) => admitted);
  const refused = new Map<Judged, readonly Refused[]>();
  if (first?.request.object === undefined) return refused;
  const pass = new QuotaPass(quotas.objects, cluster.view(first.request.object, new Set()), known);
  const { namespace } = first.request;
  for (const kind of FROM_THE_START) {
    const isDeclared = cluster.bucket(bucketKey(kind, namespace))?.byName.has(kind.name) ?? false;
    const object = isDeclared ? undefined : providedObject(registry, kind, namespace, kind.name);
    const { resource } = registry.get(kind);
    if (object !== undefined)
      pass.charge({ ...first.request, kind: groupVersionKindOf(object), resource: { group: '', resource }, object }, 1);
  }
  for (const judged of charged) {
    const over = judged.admitted.flatMap(({ request, count, specPath }): readonly Refused[] => {
      const refusal = pass.charge(request, count);
      return refusal === undefined ? [] : [{ plugin: 'ResourceQuota', refusal, specPath }];
    });
    if (over.length > 0) refused.set(judged, over);
  }
  return refused;
}

function idsOf(design: Design): (identity: string) => RecordId | undefined {
  let ids: Map<string, RecordId> | undefined;
  return (identity) => {
    ids ??= new Map([...design.records.values()].map(({ identity: own, id }) => [own, id]));
    return ids.get(identity);
  };
}

function problemsOf(
  record: DesignRecord,
  refused: readonly Refused[],
  idOf: (identity: string) => RecordId | undefined,
): readonly Problem[] {
  const byMessage = new Map(refused.map((entry) => [entry.refusal.message, entry]));
  return [...byMessage.values()].map(({ plugin, refusal, specPath }): Problem => {
    const related = (refusal.objects ?? [])
      .map((key) => idOf(objectIdentity(key, key.namespace, key.name)))
      .filter((id) => id !== undefined && id !== record.id) as readonly RecordId[];
    return {
      id: 'admission.refused',
      // What is not here may be in the cluster; what is too much here is too much there.
      severity: refusal.missing === undefined ? 'error' : 'warning',
      record: record.id,
      field: fieldIn(refusal.field, specPath),
      ...(related.length === 0 ? {} : { related }),
      params: { plugin, message: refusal.message },
    };
  });
}

/** Each sentence once, however many requests of the record it was given to. */
function warningsOf({ id }: DesignRecord, warned: readonly Warned[]): readonly Problem[] {
  const byMessage = new Map(warned.map(({ message, specPath }) => [message, specPath]));
  return [...byMessage].map(([message, specPath]) => ({
    id: 'object.warning',
    severity: 'warning',
    record: id,
    field: specPath.length === 1 ? [] : specPath,
    params: { message },
  }));
}

/** A field of the request's object as a field of the record that brings the request about. */
function fieldIn(field: Path | undefined, specPath: Path): Path {
  if (field === undefined) return specPath.length === 1 ? [] : specPath;
  const isOwn = specPath.length === 1 && specPath[0] === 'spec';
  if (isOwn) return field;
  return field[0] === 'spec' ? [...specPath, ...field.slice(1)] : specPath;
}
