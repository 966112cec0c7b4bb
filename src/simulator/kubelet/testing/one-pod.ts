import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import type { Behaviour } from '../../behaviour/behaviour.ts';
import { Cluster } from '../../cluster.ts';
import { kinds } from '../../testing/built-in-kinds.ts';

export const PODS = { group: '', version: 'v1', plural: 'pods' } as const;

/** When the Pod is made, in milliseconds of the run. */
export const MADE_AT_MS = 1000;

/** A cluster with one Pod `default/p`, made after a second: what a person at the API server sees of it. */
export class OnePod {
  readonly cluster: Cluster;

  constructor(spec: JsonObject, behaviours: readonly Behaviour[] = [], seed = 1) {
    this.cluster = Cluster.create({ seed, kinds, behaviours });
    this.cluster.runUntil(MADE_AT_MS);
    this.make('p', spec);
  }

  make(name: string, spec: JsonObject, labels: Readonly<Record<string, string>> = {}): void {
    const metadata = { name, namespace: 'default', labels };
    const body: KubernetesObject = { apiVersion: 'v1', kind: 'Pod', metadata, spec };
    this.cluster.request({ verb: 'create', resource: PODS, namespace: 'default', body });
  }

  /** Runs on for so many seconds. */
  run(seconds: number): this {
    this.cluster.runUntil(this.cluster.nowMs + seconds * 1000);
    return this;
  }

  pod(name = 'p'): KubernetesObject | undefined {
    return this.cluster.objects().find((object) => object.kind === 'Pod' && nameOf(object) === name);
  }

  status(container = 'c'): JsonObject {
    const all = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'].flatMap((field) =>
      arrayAt(this.pod(), 'status', field),
    );
    return objectAt(all.find((status) => stringAt(status, 'name') === container)) ?? {};
  }

  condition(type: string): string | undefined {
    const found = arrayAt(this.pod(), 'status', 'conditions').find((one) => stringAt(one, 'type') === type);
    return stringAt(found, 'status');
  }

  /** `reason: message` of the Events about the Pod, with how often each came. */
  events(): ReadonlyMap<string, number> {
    return new Map(
      this.cluster
        .objects()
        .filter((object) => object.kind === 'Event' && stringAt(object, 'involvedObject', 'name') === 'p')
        .map((event) => [
          `${stringAt(event, 'reason') ?? ''}: ${stringAt(event, 'message') ?? ''}`,
          numberAt(event, 'count') ?? 0,
        ]),
    );
  }

  delete(gracePeriodSeconds?: number): void {
    const options = gracePeriodSeconds === undefined ? {} : { options: { gracePeriodSeconds } };
    this.cluster.request({ verb: 'delete', resource: PODS, namespace: 'default', name: 'p', ...options });
  }

  /** Verbs of the messages and notes of a kind, with when they were, in milliseconds of the run. */
  trace(kind: string): readonly { readonly verb: string; readonly timeMs: number; readonly detail: unknown }[] {
    return this.cluster.trace.after(0).filter((entry) => entry.class === kind) as ReturnType<OnePod['trace']>;
  }
}
