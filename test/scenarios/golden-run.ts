import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../src/apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../src/base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt, valueAt } from '../../src/base/json.ts';
import type { ApiCall } from '../../src/simulator/client/api-client.ts';
import { ADDED_FIELDS, ADDED_WORDS, RECORDED_WORDS, reworded } from './golden-differences.ts';
import { GoldenWorld } from './golden-world.ts';

/** One recorded run of a real control plane, Kubernetes 1.20.2. */
export interface GoldenRun {
  readonly scenario: string;
  readonly requests: readonly {
    /** Seconds after the beginning. */
    readonly at: number;
    readonly method: 'POST' | 'PATCH' | 'DELETE';
    readonly path: string;
    readonly body?: KubernetesObject | null;
  }[];
  readonly settleSeconds: number;
  readonly errors: readonly { readonly code: number; readonly message: string }[];
  readonly events: readonly {
    readonly type: string;
    readonly reason: string;
    readonly obj: string;
    readonly message: string;
    readonly count: number | null;
  }[];
  readonly state: Readonly<Record<string, readonly JsonObject[]>>;
}

export function goldenRuns(): readonly GoldenRun[] {
  const text = readFileSync(join(import.meta.dirname, 'testdata/control-plane-scenarios.ndjson'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as GoldenRun);
}

/** What is compared of a run: all names that are made up are made symbolic. */
export interface Outcome {
  readonly errors: readonly string[];
  /** Events by the object that they are about, in order; with how often each was told. */
  readonly events: Readonly<Record<string, readonly string[]>>;
  readonly state: Readonly<Record<string, readonly JsonValue[]>>;
}

/** Kinds that 1.36 serves in another version than 1.20 did. */
const VERSIONS: Readonly<Record<string, string>> = {
  'policy/v1beta1': 'policy/v1',
  'autoscaling/v2beta2': 'autoscaling/v2',
};
const NAMED =
  /^\/apis?\/(?:(?<group>[a-z.0-9]+\.[a-z.]+|apps|batch|policy|autoscaling)\/)?(?<version>v[0-9a-z]+)\/(?:namespaces\/(?<namespace>[^/]+)\/)?(?<plural>[a-z]+)(?:\/(?<name>[^/?]+))?(?:\/(?<sub>[a-z]+))?(?:\?(?<query>.*))?$/;
const VERBS = { POST: 'create', PATCH: 'patch', DELETE: 'delete' } as const;

/** Replays the requests of a recorded run and tells what came of it. */
export function replay(run: GoldenRun): Outcome {
  const world = new GoldenWorld();
  const errors: string[] = [];
  const pods = new Map<string, string>();
  for (const request of run.requests) {
    world.runToSeconds(request.at);
    const answer = world.ask(callOf(request, world, pods));
    if (answer.code >= 300) errors.push(`${answer.code} ${stringAt(answer.body, 'message') ?? ''}`);
  }
  world.runToSeconds(run.requests.at(-1)!.at + run.settleSeconds);
  const namespace = `sim-${run.scenario}`;
  const objects = world.cluster.objects().filter((object) => namespaceOf(object) === namespace);
  const events = objects.filter(({ kind }) => kind === 'Event').toSorted(byTime);
  return {
    errors,
    events: eventsOf(
      events.map((event) => ({
        type: stringAt(event, 'type') ?? '',
        reason: stringAt(event, 'reason') ?? '',
        obj: `${stringAt(event, 'involvedObject', 'kind') ?? ''}/${stringAt(event, 'involvedObject', 'name') ?? ''}`,
        message: stringAt(event, 'message') ?? '',
        count: numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? 1,
      })),
    ),
    state: stateOf(
      Object.fromEntries(
        Object.keys(run.state).map((plural) => [
          plural,
          objects.filter(({ kind }) => `${kind.toLowerCase()}s` === plural).map((object) => recorded(plural, object)),
        ]),
      ),
    ),
  };
}

/** What was recorded, in the same form. */
export function outcomeOf({ errors, events, state }: GoldenRun): Outcome {
  return {
    errors: errors.map(({ code, message }) => `${code} ${message}`),
    events: eventsOf(events),
    state: stateOf(state),
  };
}

function callOf(
  { method, path, body }: GoldenRun['requests'][number],
  world: GoldenWorld,
  pods: Map<string, string>,
): ApiCall {
  const { group = '', version = '', namespace, plural = '', name, sub, query } = NAMED.exec(path)?.groups ?? {};
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const served = VERSIONS[apiVersion] ?? apiVersion;
  const own = name !== undefined && plural === 'pods' ? podNamed(name, namespace ?? '', world, pods) : name;
  const sent = body && { ...body, apiVersion: served, kind: stringAt(body, 'kind') ?? KINDS[plural] ?? '' };
  const target =
    own === name ? sent : sent && { ...sent, metadata: { ...objectAt(sent, 'metadata'), name: own ?? '' } };
  return {
    verb: VERBS[method],
    resource: { group, version: served.split('/').at(-1)!, plural },
    ...(namespace === undefined ? {} : { namespace }),
    ...(own === undefined ? {} : { name: own }),
    ...(sub === undefined ? {} : { subresource: sub }),
    ...(target ? { body: target } : {}),
    options: {
      ...(method === 'PATCH' ? { patchType: 'merge' as const } : {}),
      ...(query === 'propagationPolicy=Orphan' ? { propagationPolicy: 'Orphan' as const } : {}),
    },
  };
}

const KINDS: Readonly<Record<string, string>> = { namespaces: 'Namespace', nodes: 'Node', deployments: 'Deployment' };

/** A Pod whose name the controller made up there has another name here: the first that is there stands for it. */
function podNamed(name: string, namespace: string, world: GoldenWorld, pods: Map<string, string>): string {
  const all = world.cluster.objects().filter((object) => object.kind === 'Pod' && namespaceOf(object) === namespace);
  if (all.some((pod) => nameOf(pod) === name)) return name;
  const known = pods.get(name) ?? nameOf(all.find((pod) => ![...pods.values()].includes(nameOf(pod)))!);
  pods.set(name, known);
  return known;
}

function byTime(a: KubernetesObject, b: KubernetesObject): number {
  return (
    Number(stringAt(a, 'metadata', 'resourceVersion') ?? 0) - Number(stringAt(b, 'metadata', 'resourceVersion') ?? 0)
  );
}

/** Letters that the hash of a template and a made-up suffix consist of. */
const MADE_UP = /\b([a-z]+)-([bcdf-hj-np-tv-xz2456789]{5,10})-([bcdf-hj-np-tv-xz2456789]{5})\b/g;
const HASHED = /\b([ds])-([bcdf-hj-np-tv-xz2456789]{8,10})\b/g;

/** Names that are made up become what they stand for: `d-<template>-<pod>`. */
export function symbolic(text: string): string {
  return reworded(reworded(text, RECORDED_WORDS), ADDED_WORDS)
    .replace(MADE_UP, '$1-<template>-<pod>')
    .replace(HASHED, '$1-<template>')
    .replace(/ (to|on node) n[12]$/, ' $1 <node>');
}

function eventsOf(events: GoldenRun['events']): Outcome['events'] {
  const found: Record<string, string[]> = {};
  for (const { type, reason, obj, message, count } of events) {
    // Whether a budget is looked at before its Pods are there is a matter of milliseconds.
    if (reason === 'NoPods') continue;
    const lines = (found[symbolic(obj)] ??= []);
    for (let time = 0; time < (count ?? 1); time++) lines.push(`${type} ${reason}: ${symbolic(message)}`);
  }
  return Object.fromEntries(Object.entries(found).map(([about, lines]) => [about, oncePerTrial(lines).sort()]));
}

/**
 * 1.20 tried a Pod again at once, because its own condition had changed, and said the same twice; 1.36 waits for something
 * that could help. So what was said of a failure counts once, however often.
 * Source: pkg/scheduler/eventhandlers.go and backend/queue, 1.36.
 */
function oncePerTrial(lines: readonly string[]): string[] {
  return lines.filter((line, at) => !line.startsWith('Warning FailedScheduling') || lines.indexOf(line) === at);
}

/** What the recorder kept of an object. */
function recorded(plural: string, object: KubernetesObject): JsonObject {
  const name = nameOf(object);
  if (plural === 'pods')
    return {
      name,
      node: valueAt(object, 'spec', 'nodeName') ?? null,
      phase: valueAt(object, 'status', 'phase') ?? null,
      labels: valueAt(object, 'metadata', 'labels') ?? null,
      owner: arrayAt(object, 'metadata', 'ownerReferences').map(
        (owner) => `${stringAt(owner, 'kind') ?? ''}/${stringAt(owner, 'name') ?? ''}`,
      ),
      msg: arrayAt(object, 'status', 'conditions').flatMap((condition) => stringAt(condition, 'message') ?? []),
    };
  return {
    name,
    ...(valueAt(object, 'status') === undefined ? {} : { status: statusOf(plural, object) }),
    annotations: valueAt(object, 'metadata', 'annotations') ?? null,
  };
}

function stateOf(state: GoldenRun['state']): Outcome['state'] {
  return Object.fromEntries(
    Object.entries(state).map(([plural, objects]) => [
      plural,
      objects
        .map((object) => simplified(object, plural === 'pods'))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    ]),
  );
}

/** 1.20 did not count the available Pods of a StatefulSet. */
function statusOf(plural: string, object: KubernetesObject): JsonObject {
  const status = objectAt(object, 'status') ?? {};
  if (plural !== 'statefulsets') return status;
  const { availableReplicas: _, ...rest } = status;
  return rest;
}

function isEmptyMap(value: JsonValue | undefined): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

function simplified(value: JsonValue, isPod: boolean): JsonValue {
  if (typeof value === 'string') return symbolic(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => simplified(item, isPod));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !ADDED_FIELDS.has(key) && item !== null)
      .map(([key, item]): [string, JsonValue] => [
        key,
        key === 'pod-template-hash' || key === 'controller-revision-hash'
          ? '<template>'
          : key === 'node' && isPod
            ? '<node>'
            : simplified(item ?? null, isPod),
      ])
      .filter(([, item]) => !isEmptyMap(item))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
