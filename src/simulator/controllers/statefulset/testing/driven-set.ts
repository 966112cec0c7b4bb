import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import { ownersOf, uidOf } from '../../../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../../base/json.ts';
import { CLAIMS, CONTROLLER_REVISIONS, PODS, STATEFUL_SETS } from '../../resources.ts';
import { FakeCluster } from '../../testing/fake-cluster.ts';
import { isReady, phaseOf } from '../../workload/pod-state.ts';
import { isClaimOwnerUpToDate } from '../claim-retention.ts';
import { claimsOf, identityMatches, storageMatches } from '../identity.ts';
import { ordinalOf, startOrdinal, wantedReplicas } from '../ordinals.ts';
import { statefulSet } from '../statefulset.ts';

const KEY = 'default/foo';
/** More syncs than any set of these tests needs. */
const MOST_SYNCS = 400;

/** The StatefulSet of upstream's tests, with what is given. Source: stateful_set_utils_test.go `newStatefulSet`, 1.36.2. */
export function newSet(replicas: number, spec: JsonObject = {}): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'foo', namespace: 'default', uid: 'test' },
    spec: {
      replicas,
      selector: { matchLabels: { foo: 'bar' } },
      serviceName: 'governingsvc',
      template: {
        metadata: { labels: { foo: 'bar' } },
        spec: {
          containers: [{ name: 'nginx', image: 'nginx' }],
          volumes: [{ name: 'home', hostPath: { path: '/tmp/home' } }],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'datadir' }, spec: {} }],
      updateStrategy: { type: 'RollingUpdate' },
      revisionHistoryLimit: 2,
      ...spec,
    },
    status: {},
  };
}

/** A set that is synced again and again, while its Pods come to life one after another. */
export class DrivenSet {
  private objects: readonly KubernetesObject[];
  private round = 0;
  private made = 0;

  constructor(set: KubernetesObject) {
    this.objects = [set];
  }

  get set(): KubernetesObject {
    return this.of('StatefulSet')[0]!;
  }

  get pods(): readonly KubernetesObject[] {
    return [...this.of('Pod')].sort((a, b) => ordinalOf(a) - ordinalOf(b));
  }

  get images(): readonly (string | undefined)[] {
    return this.pods.map((pod) => stringAt(arrayAt(pod, 'spec', 'containers')[0], 'image'));
  }

  counted(field: string): number {
    return numberAt(this.set, 'status', field) ?? 0;
  }

  change(spec: JsonObject): void {
    const generation = (numberAt(this.set, 'metadata', 'generation') ?? 0) + 1;
    this.replace({
      ...this.set,
      metadata: { ...objectAt(this.set, 'metadata'), generation },
      spec: { ...objectAt(this.set, 'spec'), ...spec },
    });
  }

  setImage(image: string): void {
    const template = objectAt(this.set, 'spec', 'template') ?? {};
    const spec = { ...objectAt(template, 'spec'), containers: [{ name: 'nginx', image }] };
    this.change({ template: { ...template, spec } });
  }

  setPhase(pod: KubernetesObject, phase: string, ready = false): void {
    const conditions = ready ? [{ type: 'Ready', status: 'True' }] : [];
    this.replace({ ...pod, status: { phase, conditions } });
  }

  remove(names: readonly string[]): void {
    this.objects = this.objects.filter((object) => object.kind !== 'Pod' || !names.includes(nameOf(object)));
    this.collect();
  }

  /** Syncs until the test says that it is there; throws what is wrong in between. */
  until(isThere: () => boolean): void {
    for (let count = 0; count < MOST_SYNCS; count++) {
      this.sync();
      const wrong = this.broken();
      if (wrong !== undefined) throw new Error(wrong);
      if (isThere()) return;
      this.advance();
    }
    throw new Error('the set does not come to an end');
  }

  sync(): void {
    const cluster = new FakeCluster(this.objects);
    cluster.reconcile(statefulSet, KEY);
    const all = [STATEFUL_SETS, CONTROLLER_REVISIONS, CLAIMS, PODS].flatMap((resource) => cluster.objects(resource));
    this.objects = all.map((object) => (uidOf(object) === '' ? this.born(object) : object));
    this.collect();
  }

  /** The next Pod in turn becomes running, then ready. */
  private advance(): void {
    const { pods } = this;
    const pod = pods[this.round++ % Math.max(1, pods.length)];
    if (pod === undefined) return;
    if (phaseOf(pod) === 'Pending') this.setPhase(pod, 'Running');
    else if (phaseOf(pod) === 'Running') this.setPhase(pod, 'Running', true);
  }

  private born(object: KubernetesObject): KubernetesObject {
    const metadata = { ...objectAt(object, 'metadata'), namespace: 'default', uid: `uid-${++this.made}` };
    return { ...object, metadata, ...(object.kind === 'Pod' ? { status: { phase: 'Pending' } } : {}) };
  }

  /** Claims whose Pod is gone go, as the garbage collector would have it. */
  private collect(): void {
    const uids = new Set(this.objects.map(uidOf));
    this.objects = this.objects.filter(
      (object) => object.kind !== 'PersistentVolumeClaim' || ownersOf(object).every(({ uid }) => uids.has(uid)),
    );
  }

  private of(kind: string): readonly KubernetesObject[] {
    return this.objects.filter((object) => object.kind === kind);
  }

  private replace(object: KubernetesObject): void {
    this.objects = this.objects.map((other) => (uidOf(other) === uidOf(object) ? object : other));
  }

  /** What must not be at any moment. Source: stateful_set_control_test.go `assertMonotonicInvariants`, `assertBurstInvariants`. */
  private broken(): string | undefined {
    const { set, pods } = this;
    const isOrdered = stringAt(set, 'spec', 'podManagementPolicy') !== 'Parallel';
    const claims = new Map(this.of('PersistentVolumeClaim').map((claim) => [nameOf(claim), claim]));
    for (const [index, pod] of pods.entries()) {
      const before = pods[index - 1];
      const isFixed = stringAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete';
      if (isOrdered && !isFixed && ordinalOf(pod) !== index + startOrdinal(set) && pods.length === wantedReplicas(set))
        return `Pod ${nameOf(pod)} is in the wrong place`;
      if (isOrdered && before !== undefined && phaseOf(pod) === 'Pending' && !isReady(before))
        return `Pod ${nameOf(pod)} was made before ${nameOf(before)} was ready`;
      if (!storageMatches(set, pod)) return `Pod ${nameOf(pod)} has other storage than its set`;
      if (!identityMatches(set, pod)) return `Pod ${nameOf(pod)} has another identity than its set`;
      for (const claim of claimsOf(set, ordinalOf(pod)).keys()) {
        const found = claims.get(`${claim}-foo-${ordinalOf(pod)}`);
        if (found === undefined) return `Pod ${nameOf(pod)} has no claim ${claim}`;
        const isNew = phaseOf(pod) === 'Pending';
        if (!isNew && ordinalOf(pod) < wantedReplicas(set) && this.isSettled && !isClaimOwnerUpToDate(found, set, pod))
          return `claim ${nameOf(found)} has the wrong owners`;
      }
    }
    return undefined;
  }

  /** All Pods are ready: nothing is left to be done about their claims. */
  private get isSettled(): boolean {
    return this.counted('readyReplicas') === wantedReplicas(this.set) && this.pods.every(isReady);
  }
}
