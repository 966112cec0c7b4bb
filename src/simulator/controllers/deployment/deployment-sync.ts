import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { controllerOf, controllerReferenceTo, uidOf } from '../../../apimachinery/owner-reference.ts';
import { DNS_SUBDOMAIN_MAX_LENGTH } from '../../../apimachinery/names.ts';
import type { JsonObject } from '../../../base/json.ts';
import { jsonEqual, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { Outcome, ReconcileContext } from '../controller.ts';
import { DEPLOYMENTS, REPLICA_SETS } from '../resources.ts';
import { fail, must } from '../workload/sync-failure.ts';
import { templateHash } from '../workload/template-hash.ts';
import { needsReplicaAnnotations, newSetAnnotations, replicaAnnotations, withAnnotations } from './annotations.ts';
import { deploymentCondition, withCondition } from './conditions.ts';
import {
  HASH_LABEL,
  NO_LIMIT,
  REVISION,
  equalIgnoreHash,
  findNewSet,
  findOldSets,
  maxRevision,
  newReplicas,
  progressDeadlineOf,
  replicasOf,
  revisionOf,
} from './replica-sets.ts';
import { deploymentStatus, progressCheckMs, rolloutStatus } from './status.ts';

/** The Deployment and its ReplicaSets while one sync works on them. */
export class DeploymentSync {
  readonly context: ReconcileContext;
  /** As the cache has it, with what this sync has set in its status and annotations. */
  deployment: KubernetesObject;
  newSet: KubernetesObject | undefined;
  oldSets: readonly KubernetesObject[] = [];
  private readonly sets: readonly KubernetesObject[];

  constructor(context: ReconcileContext, deployment: KubernetesObject, sets: readonly KubernetesObject[]) {
    this.context = context;
    this.deployment = deployment;
    this.sets = sets;
  }

  get all(): readonly KubernetesObject[] {
    return this.newSet === undefined ? this.oldSets : [...this.oldSets, this.newSet];
  }

  get name(): string {
    return nameOf(this.deployment);
  }

  /**
   * Finds the new ReplicaSet, brings its revision up to date, and makes it where there is none and it is wanted.
   * Source: pkg/controller/deployment/sync.go `getAllReplicaSetsAndSyncRevision`, 1.36.
   */
  findSets(create: boolean): void {
    this.oldSets = findOldSets(this.deployment, this.sets);
    const found = findNewSet(this.deployment, this.sets);
    const revision = maxRevision(this.oldSets) + 1;
    if (found !== undefined) this.newSet = this.upToDate(found, revision);
    else if (create) this.newSet = this.createSet(revision);
  }

  private upToDate(found: KubernetesObject, revision: number): KubernetesObject {
    const minReadySeconds = numberAt(this.deployment, 'spec', 'minReadySeconds') ?? 0;
    const annotated = newSetAnnotations(this.deployment, found, revision, true);
    if (annotated !== undefined || (numberAt(found, 'spec', 'minReadySeconds') ?? 0) !== minReadySeconds) {
      const set = annotated ?? found;
      return this.updateSet({ ...set, spec: { ...objectAt(set, 'spec'), minReadySeconds } });
    }
    let changed = this.setRevision(annotationsOf(found).get(REVISION) ?? '');
    if (this.progressing() === undefined && progressDeadlineOf(this.deployment) !== undefined) {
      this.setProgressing('True', 'FoundNewReplicaSet', `Found new replica set "${nameOf(found)}"`);
      changed = true;
    }
    if (changed) must(this.putStatus());
    return found;
  }

  private createSet(revision: number): KubernetesObject {
    const template = objectAt(this.deployment, 'spec', 'template') ?? {};
    const collisions = numberAt(this.deployment, 'status', 'collisionCount');
    const hash = templateHash(template, collisions);
    const labels = { ...objectAt(template, 'metadata', 'labels'), [HASH_LABEL]: hash };
    const selector = objectAt(this.deployment, 'spec', 'selector') ?? {};
    const minReadySeconds = numberAt(this.deployment, 'spec', 'minReadySeconds') ?? 0;
    const bare: KubernetesObject = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: replicaSetName(this.name, hash),
        namespace: namespaceOf(this.deployment) ?? '',
        labels,
        ownerReferences: [{ ...controllerReferenceTo(this.deployment) }],
      },
      spec: {
        replicas: 0,
        ...(minReadySeconds === 0 ? {} : { minReadySeconds }),
        selector: { ...selector, matchLabels: { ...objectAt(selector, 'matchLabels'), [HASH_LABEL]: hash } },
        template: { ...template, metadata: { ...objectAt(template, 'metadata'), labels } },
      },
    };
    const replicas = newReplicas(this.deployment, [...this.oldSets, bare], bare);
    const sized: KubernetesObject = { ...bare, spec: { ...objectAt(bare, 'spec'), replicas } };
    const body = newSetAnnotations(this.deployment, sized, revision, false) ?? sized;
    const made = this.context.api.call({
      verb: 'create',
      resource: REPLICA_SETS,
      namespace: namespaceOf(this.deployment) ?? '',
      body,
    });
    const set = made.ok ? made.object : this.notCreated(body, made.reason, made.message);
    if (made.ok && replicas > 0)
      this.event('Normal', 'ScalingReplicaSet', `Scaled up replica set ${nameOf(set)} from 0 to ${replicas}`);
    let changed = this.setRevision(String(revision));
    if (made.ok && progressDeadlineOf(this.deployment) !== undefined) {
      this.setProgressing('True', 'NewReplicaSetCreated', `Created new replica set "${nameOf(set)}"`);
      changed = true;
    }
    if (changed) must(this.putStatus());
    return set;
  }

  /** One of the name is there already: it is ours after all, or another template has the same hash. */
  private notCreated(body: KubernetesObject, reason: string, message: string): KubernetesObject {
    if (reason === 'AlreadyExists') {
      const found = this.context.view(REPLICA_SETS).get(namespaceOf(this.deployment), nameOf(body));
      if (found === undefined) fail(`replicaset.apps "${nameOf(body)}" not found`);
      const isOurs = controllerOf(found)?.uid === uidOf(this.deployment);
      const template = valueAt(this.deployment, 'spec', 'template');
      if (isOurs && equalIgnoreHash(template, valueAt(found, 'spec', 'template'))) return found;
      const collisionCount = (numberAt(this.deployment, 'status', 'collisionCount') ?? 0) + 1;
      this.setStatus({ ...objectAt(this.deployment, 'status'), collisionCount });
      this.putStatus();
      fail(message);
    }
    if (message.includes('because it is being terminated')) fail(message);
    const words = `Failed to create new replica set "${nameOf(body)}": ${message}`;
    if (progressDeadlineOf(this.deployment) !== undefined) {
      this.setProgressing('False', 'ReplicaSetCreateError', words);
      this.putStatus();
    }
    this.event('Warning', 'ReplicaSetCreateError', words);
    return fail(message);
  }

  /** Gives a ReplicaSet a size; tells whether it changed. Source: sync.go `scaleReplicaSet`, 1.36. */
  scale(set: KubernetesObject, size: number, force = false): boolean {
    const before = replicasOf(set);
    if (before === size && !(force && needsReplicaAnnotations(this.deployment, set))) return false;
    const annotated = withAnnotations(set, replicaAnnotations(this.deployment));
    this.replaceSet(this.updateSet({ ...annotated, spec: { ...objectAt(annotated, 'spec'), replicas: size } }));
    if (before === size) return false;
    const direction = before < size ? 'up' : 'down';
    this.event(
      'Normal',
      'ScalingReplicaSet',
      `Scaled ${direction} replica set ${nameOf(set)} from ${before} to ${size}`,
    );
    return true;
  }

  private replaceSet(set: KubernetesObject): void {
    if (this.newSet !== undefined && uidOf(this.newSet) === uidOf(set)) this.newSet = set;
    this.oldSets = this.oldSets.map((old) => (uidOf(old) === uidOf(set) ? set : old));
  }

  private updateSet(body: KubernetesObject): KubernetesObject {
    const [namespace, name] = [namespaceOf(body) ?? '', nameOf(body)];
    return must(this.context.api.call({ verb: 'update', resource: REPLICA_SETS, namespace, name, body }));
  }

  /** Deletes old ReplicaSets beyond the limit that have no Pods. Source: sync.go `cleanupDeployment`, 1.36. */
  cleanUp(): void {
    const limit = numberAt(this.deployment, 'spec', 'revisionHistoryLimit');
    if (limit === undefined || limit === NO_LIMIT) return;
    const alive = this.oldSets.filter((set) => !isBeingDeleted(set));
    const sorted = [...alive].sort((a, b) => (revisionOf(a) ?? 0) - (revisionOf(b) ?? 0));
    for (const set of sorted.slice(0, Math.max(0, alive.length - limit))) {
      if (!isIdle(set)) continue;
      const [namespace, name] = [namespaceOf(set) ?? '', nameOf(set)];
      const gone = this.context.api.call({ verb: 'delete', resource: REPLICA_SETS, namespace, name });
      if (!gone.ok && gone.code !== 404) fail(gone.message);
    }
  }

  /** Source: sync.go `syncDeploymentStatus`, 1.36. */
  syncStatus(): void {
    const status = deploymentStatus(this.deployment, this.all, this.newSet, this.context.nowMs);
    this.writeStatus(status);
  }

  /** Source: progress.go `syncRolloutStatus`, 1.36. */
  syncRolloutStatus(): Outcome | void {
    const { nowMs, numbers } = this.context;
    const status = rolloutStatus(this.deployment, this.all, this.newSet, nowMs);
    if (this.writeStatus(status)) return undefined;
    const afterMs = progressCheckMs(this.deployment, status, nowMs);
    // "At once" is the queue's shortest delay: at the deadline itself nothing is late yet, and time has to pass.
    const requeueAfterMs = afterMs === undefined ? undefined : Math.max(afterMs, numbers.workqueue.baseDelayMs);
    return requeueAfterMs === undefined ? undefined : { requeueAfterMs, as: 'check' };
  }

  private writeStatus(status: JsonObject): boolean {
    if (jsonEqual(status, objectAt(this.deployment, 'status') ?? {})) return false;
    this.setStatus(status);
    must(this.putStatus());
    return true;
  }

  /** Source: sync.go `checkPausedConditions`, 1.36. */
  checkPaused(): void {
    const current = this.progressing();
    const reason = stringAt(current, 'reason');
    if (progressDeadlineOf(this.deployment) === undefined || reason === 'ProgressDeadlineExceeded') return;
    const isPaused = valueAt(this.deployment, 'spec', 'paused') === true;
    if (isPaused === (reason === 'DeploymentPaused')) return;
    if (isPaused) this.setProgressing('Unknown', 'DeploymentPaused', 'Deployment is paused');
    else this.setProgressing('Unknown', 'DeploymentResumed', 'Deployment is resumed');
    must(this.putStatus());
  }

  event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.context.event(this.deployment, type, reason, message);
  }

  private progressing(): JsonObject | undefined {
    return findCondition(conditionsOf(this.deployment), 'Progressing');
  }

  private setProgressing(status: 'True' | 'False' | 'Unknown', reason: string, message: string): void {
    const condition = deploymentCondition('Progressing', status, reason, message, timeOf(this.context.nowMs));
    const conditions = withCondition(conditionsOf(this.deployment), condition);
    this.setStatus({ ...objectAt(this.deployment, 'status'), conditions });
  }

  private setStatus(status: JsonObject): void {
    this.deployment = { ...this.deployment, status };
  }

  private setRevision(revision: string): boolean {
    if (annotationsOf(this.deployment).get(REVISION) === revision) return false;
    this.deployment = withAnnotations(this.deployment, { [REVISION]: revision });
    return true;
  }

  putStatus(): ReturnType<ReconcileContext['api']['call']> {
    const body = this.deployment;
    const at = { resource: DEPLOYMENTS, namespace: namespaceOf(body) ?? '', name: nameOf(body) };
    return this.context.api.call({ ...at, verb: 'update', subresource: 'status', body });
  }
}

function isIdle(set: KubernetesObject): boolean {
  return (
    (numberAt(set, 'status', 'replicas') ?? 0) === 0 &&
    replicasOf(set) === 0 &&
    (numberAt(set, 'metadata', 'generation') ?? 0) <= (numberAt(set, 'status', 'observedGeneration') ?? 0)
  );
}

/** Source: sync.go `generateReplicaSetName`, 1.36. */
export function replicaSetName(deployment: string, hash: string): string {
  const room = DNS_SUBDOMAIN_MAX_LENGTH - 1 - hash.length;
  return `${deployment.length > room && room > 0 ? deployment.slice(0, room) : deployment}-${hash}`;
}
