import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, isJsonObject, nameAt, numberAt, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import { upstreamFile } from '../../../../base/testing/upstream-file.ts';
import { upstreamEach, upstreamLeftOut } from '../../../../base/testing/upstream-table.ts';
import type { ApiCall, ApiResult } from '../../../client/api-client.ts';
import type { AssumedObjects, Binding, Verdict } from '../../plugin.ts';
import { podInfoOf } from '../../pod-info.ts';
import { assumedObjects, assumedOnly } from '../../assumed-objects.ts';
import type { Snapshot } from '../../snapshot.ts';
import { snapshotOf } from '../testing/snapshot.ts';
import { dynamicResources } from './dynamic-resources.ts';
import { claimKey } from './pod-claims.ts';

interface Step extends JsonObject {
  readonly step: string;
}

interface Case extends JsonObject {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** An hour after the run began: the times in the table are around it. */
const NOW_MS = 3_600_000;

/** The API server of upstream's test: it counts what it makes, and finds conflicts. */
class Server {
  readonly claims = new Map<string, KubernetesObject>();
  readonly assumed = new Map<string, KubernetesObject>();
  podStatus: JsonObject = {};
  nowMs = NOW_MS;
  taken: unknown;
  private readonly test: Case;
  private made = 0;
  private version = 0;

  constructor(test: Case) {
    this.test = test;
    for (const claim of objectsAt(test, 'claims', 'ResourceClaim')) this.create(claim);
    for (const claim of objectsAt(test, 'inFlight', 'ResourceClaim'))
      this.assumed.set(`resourceclaims/${claimKey(claim)}`, claim);
  }

  private create(claim: KubernetesObject): KubernetesObject {
    const metadata = objectAt(claim, 'metadata') ?? {};
    const name = nameAt(metadata, 'name') ?? `${stringAt(metadata, 'generateName') ?? ''}0`;
    return this.store({ ...claim, metadata: { ...metadata, name, uid: `UID-${this.made++}` } });
  }

  store(claim: KubernetesObject): KubernetesObject {
    const stored = {
      ...claim,
      metadata: { ...objectAt(claim, 'metadata'), resourceVersion: String(this.version++) },
    };
    this.claims.set(claimKey(stored), stored);
    return stored;
  }

  readonly call = (call: ApiCall): ApiResult => {
    const body = call.body as KubernetesObject | undefined;
    if (call.verb === 'patch' && this.test['failPatch'] === true) return refused(500, 'patch error');
    if (call.resource.plural === 'pods') {
      this.podStatus = { ...this.podStatus, ...objectAt(body, 'status') };
      return done(body!);
    }
    if (call.verb === 'create') {
      const problem = stringAt(this.test, 'failCreate');
      return problem === undefined ? done(this.create(body!)) : refused(400, problem);
    }
    const key = `${call.namespace}/${call.name}`;
    const stored = this.claims.get(key);
    if (stored === undefined) return refused(404, 'not found');
    if (call.verb === 'delete') this.claims.delete(key);
    if (call.verb === 'get' || call.verb === 'delete') return done(stored);
    if (call.verb === 'patch') {
      const gone = nameAt(arrayAt(body, 'status', 'reservedFor')[0], 'uid');
      const left = arrayAt(stored, 'status', 'reservedFor').filter((user) => nameAt(user, 'uid') !== gone);
      const { reservedFor: _, ...status } = objectAt(stored, 'status') ?? {};
      return done(
        this.store({ ...stored, status: { ...status, ...(left.length === 0 ? {} : { reservedFor: left }) } }),
      );
    }
    if (stringAt(body, 'metadata', 'resourceVersion') !== stringAt(stored, 'metadata', 'resourceVersion'))
      return refused(409, 'ResourceVersion must match the object that gets updated');
    return done(this.store(body!));
  };

  snapshot(): Snapshot {
    const { test, assumed, nowMs } = this;
    const objects = [
      ...this.claims.values(),
      ...objectsAt(test, 'slices', 'ResourceSlice'),
      ...objectsAt(test, 'classes', 'DeviceClass'),
    ];
    const snapshot = snapshotOf(objectsAt(test, 'nodes', 'Node'), [], objects);
    return {
      ...snapshot,
      nowMs,
      get: (plural, key) => assumed.get(`${plural}/${key}`) ?? snapshot.get(plural, key),
      assumedOnly: (plural) => assumedOnly(assumed, plural, snapshot.view(plural)),
    };
  }

  binding(): Binding {
    const assume: AssumedObjects = assumedObjects({ assumed: this.assumed });
    return {
      ...assume,
      call: this.call,
      callAll: (calls) => calls.map(this.call),
      sleep: (delayMs) => void (this.nowMs += delayMs),
      read: (_plural, key) => this.claims.get(key),
      keep: (_plugin, taken) => void (this.taken = taken),
      tell: () => {},
      cancelled: () => undefined,
      now: () => this.nowMs,
    };
  }
}

function done(object: KubernetesObject): ApiResult {
  return { ok: true, code: 200, object, warnings: [] };
}

function refused(code: number, message: string): ApiResult {
  return { ok: false, code, reason: '', message, warnings: [] };
}

const API_VERSIONS: Readonly<Record<string, string>> = { Node: 'v1', Pod: 'v1' };

function objectsAt(test: JsonObject, field: string, kind: string): readonly KubernetesObject[] {
  return arrayAt(test, field).map((object) => ({
    apiVersion: API_VERSIONS[kind] ?? 'resource.k8s.io/v1',
    kind,
    ...(object as JsonObject),
  }));
}

function told(verdict: Verdict | undefined): JsonValue {
  return verdict === undefined ? null : [verdict.code, ...verdict.reasons];
}

const UNTOLD = new Set(['uid', 'resourceVersion', 'apiVersion', 'kind']);

/** Without what upstream does not compare: versions, which device it is, and when. */
function comparable(claim: KubernetesObject): JsonObject {
  const metadata = Object.fromEntries(
    Object.entries(objectAt(claim, 'metadata') ?? {}).filter(([name, value]) => !UNTOLD.has(name) && !isEmpty(value)),
  );
  const status = objectAt(claim, 'status') ?? {};
  const allocation = objectAt(status, 'allocation');
  return pruned({
    metadata,
    spec: claim['spec'],
    status: {
      ...status,
      ...(allocation === undefined ? {} : { allocation: comparableAllocation(allocation) }),
    },
  });
}

function comparableAllocation(allocation: JsonObject): JsonObject {
  const results = arrayAt(allocation, 'devices', 'results').map((result) => {
    const { device: _, shareID: __, ...rest } = result as JsonObject;
    return rest;
  });
  return {
    ...allocation,
    devices: { ...objectAt(allocation, 'devices'), ...(results.length === 0 ? {} : { results }) },
    ...(valueAt(allocation, 'allocationTimestamp') === undefined ? {} : { allocationTimestamp: 'set' }),
  };
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function pruned(object: { readonly [name: string]: JsonValue | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => !isEmpty(value) && !(isJsonObject(value) && Object.keys(value).length === 0),
    ),
  ) as JsonObject;
}

function byName(claims: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return claims.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** What was told and stored after each step that upstream's test looks at. */
function run(test: Case): readonly JsonObject[] {
  const server = new Server(test);
  const timeoutMs = numberAt(test, 'bindingTimeoutMs');
  const plugin = dynamicResources(timeoutMs === undefined ? {} : { bindingTimeoutMs: timeoutMs });
  const pod = podInfoOf({ apiVersion: 'v1', kind: 'Pod', ...objectAt(test, 'pod') });
  const assume = assumedObjects({ assumed: server.assumed });
  const prepared = () => plugin.preFilter!(pod, server.snapshot());
  let devices = prepared();
  let node = '';
  const scores = new Map<string, number>();
  const giveBack = () => {
    for (const call of plugin.unreserve!(pod, node, server.taken, assume) ?? []) server.call(call);
    server.taken = undefined;
    return null;
  };
  const state = () => ('state' in devices ? devices.state : undefined);
  const feasible: string[] = [];
  const nodeOf = (name: string) => server.snapshot().find(name)!;
  /** A cycle reads one snapshot, whatever happens in the meantime. */
  let cycle = server.snapshot();
  const act = (step: string): JsonValue => {
    const [what = '', which = ''] = step.split('/');
    switch (what) {
      case 'PreEnqueue':
        return told(
          plugin.preEnqueue!(pod, {
            isPreempting: () => false,
            get: (plural, key) => server.snapshot().get(plural, key),
          }),
        );
      case 'prefilter':
        cycle = server.snapshot();
        devices = plugin.preFilter!(pod, cycle);
        return 'skip' in devices ? ['Skip'] : 'verdict' in devices ? told(devices.verdict) : null;
      case 'filter': {
        const own = state();
        const verdict = own === undefined ? undefined : plugin.filter!(pod, cycle.find(which)!, own, cycle);
        if (verdict === undefined) feasible.push(which);
        node = feasible[0] ?? '';
        return told(verdict);
      }
      case 'score': {
        const scored = plugin.preScore!(pod, [], cycle);
        scores.set(which, 'state' in scored ? plugin.score!(pod, nodeOf(which), scored.state, cycle) : 0);
        return null;
      }
      case 'normalizeScore': {
        const best = Math.max(...scores.values());
        node = [...scores].find(([, score]) => score === best)![0];
        return null;
      }
      case 'reserve': {
        const reserved = plugin.reserve!(pod, cycle.find(node)!, state(), assume, cycle);
        if (reserved !== undefined && 'verdict' in reserved) return told(reserved.verdict);
        server.taken = reserved?.taken;
        return null;
      }
      case 'prebind':
        if (plugin.preBindPreFlight!(pod, node, server.taken) !== true) return null;
        return told(plugin.preBind!(pod, node, server.taken, server.binding()));
      case 'postfilter': {
        const done = plugin.postFilter!(pod, { snapshot: cycle } as Parameters<
          NonNullable<typeof plugin.postFilter>
        >[1]);
        for (const call of done.writes ?? []) server.call(call);
        return [done.code, ...done.reasons];
      }
      default:
        return giveBack();
    }
  };
  return test.steps.map(({ step, prepared: changed }) => {
    for (const claim of objectsAt({ changed: changed ?? [] }, 'changed', 'ResourceClaim')) server.store(claim);
    const status = act(step);
    return {
      status,
      claims: byName([...server.claims.values()]).map(comparable),
      inFlight: byName([...server.assumed.values()]).map(comparable),
      podStatus: server.podStatus,
      ...(step.startsWith('score/') ? { score: scores.get(step.slice('score/'.length)) ?? 0 } : {}),
    };
  });
}

describe('the table of the plugin', () => {
  const {
    source: file,
    release,
    cases,
    leftOut,
  } = upstreamFile<Case>(new URL('./testdata/dynamicresources.json', import.meta.url));
  const source = { area: 'scheduler', file, release } as const;

  upstreamEach(source, 'TestPlugin')(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    let claims: JsonValue = [];
    const got = run(one);
    for (const [index, want] of one.steps.entries()) {
      const { step } = want;
      const is = got[index]!;
      claims = want['claims'] ?? claims;
      const wanted = valueAt(want, 'status') ?? null;
      // Of an error upstream compares a part of the words.
      if (Array.isArray(is['status']) && is['status'][0] === 'Error')
        expect(String(is['status'][1]), step).toContain(String((wanted as readonly string[])[1]));
      else expect(is['status'], step).toEqual(wanted);
      expect(is['claims'], step).toEqual(
        arrayAt({ claims }, 'claims').map((claim) => comparable(claim as KubernetesObject)),
      );
      if (want['inFlight'] !== undefined)
        expect(arrayAt(is, 'inFlight').map(allocationOf), step).toEqual(arrayAt(want, 'inFlight').map(allocationOf));
      if (want['podStatus'] !== undefined) expect(is['podStatus'], step).toEqual(want['podStatus']);
      if (step.startsWith('score/'))
        expect(is['score'], step).toBe(numberAt(one, 'scores', step.slice('score/'.length)) ?? 0);
    }
  });

  upstreamLeftOut(source, leftOut);
});

function allocationOf(claim: JsonValue): JsonObject {
  return {
    name: stringAt(claim, 'metadata', 'name') ?? '',
    requests: valueAt(claim, 'spec', 'devices', 'requests') ?? null,
    allocation: valueAt(claim, 'status', 'allocation') ?? null,
  };
}
