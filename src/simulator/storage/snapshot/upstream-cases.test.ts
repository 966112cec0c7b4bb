import { hasFinalizer } from '../../../apimachinery/finalizers.ts';
import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { applyMergePatch } from '../../../apimachinery/patch/merge-patch.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, asString, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import type { ApiCall, ApiResult } from '../../client/api-client.ts';
import { View, keyOf } from '../../client/view.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import type { UpstreamCase } from '../../controllers/testing/upstream-tests.ts';
import { runUpstreamTests } from '../../controllers/testing/upstream-tests.ts';
import { failureOf } from '../../controllers/workload/sync-failure.ts';
import { randomSource } from '../../kernel/random.ts';
import { NUMBERS_1_36 } from '../../release/1.36.ts';
import { protectClaim, releaseClaim } from './claim-protection.ts';
import { BOUND_FINALIZER, CLAIM_FINALIZER, SOURCE_FINALIZER } from './resources.ts';
import { withClass } from './snapshot-class.ts';
import { removeFinalizers, withFinalizers } from './snapshot-finalizers.ts';
import { updateStatus } from './snapshot-status.ts';
import { syncContent } from './sync-content.ts';
import { bringOn, syncSnapshot } from './sync-snapshot.ts';
import classes from './testdata/classes.json' with { type: 'json' };

const PLURALS: Readonly<Record<string, string>> = {
  VolumeSnapshot: 'volumesnapshots',
  VolumeSnapshotContent: 'volumesnapshotcontents',
  VolumeSnapshotClass: 'volumesnapshotclasses',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  PersistentVolume: 'persistentvolumes',
};

/** What upstream's reactor is: the objects, calls that fail because the case says so, and the Events that were told. */
function playing(one: UpstreamCase) {
  const own = classes[numberAt(one, 'classes') ?? 0] as unknown as readonly KubernetesObject[];
  const given = arrayAt(one, 'objects') as readonly KubernetesObject[];
  const stores = new Map(Object.values(PLURALS).map((plural) => [plural, new Map<string, KubernetesObject>()]));
  for (const object of [...own, ...given])
    stores.get(PLURALS[object.kind] ?? '')!.set(keyOf(namespaceOf(object), nameOf(object)), object);
  const views = new Map(
    [...stores].map(([plural, objects]) => [
      plural,
      [...objects].reduce((view, [key, object]) => view.with(1, key, object), View.empty([], 1)),
    ]),
  );
  // Upstream fills no lister of snapshots where it tries the finalizer of a claim alone.
  if (stringAt(one, 'call') === 'testRemovePVCFinalizer') views.set('volumesnapshots', View.empty([], 1));
  const errors = [...arrayAt(one, 'errors')];
  const events: string[] = [];
  const call = ({ verb, resource, namespace, name, body, subresource }: ApiCall): ApiResult => {
    const at = errors.findIndex(
      (error) => stringAt(error, 'verb') === verb && stringAt(error, 'resource') === resource.plural,
    );
    if (at >= 0) {
      const [error] = errors.splice(at, 1);
      return { ok: false, code: 500, reason: 'InternalError', message: stringAt(error, 'error') ?? '' };
    }
    const store = stores.get(resource.plural)!;
    const object = body as KubernetesObject | undefined;
    const key = keyOf(namespace, name ?? (object === undefined ? '' : nameOf(object)));
    const before = store.get(key);
    if (before === undefined && verb !== 'create') {
      const what = resource.plural === 'persistentvolumes' ? 'volume' : resource.plural;
      return { ok: false, code: 404, reason: 'NotFound', message: `cannot find ${what} ${name ?? ''}` };
    }
    if (verb === 'delete') store.delete(key);
    else if (verb !== 'get') store.set(key, written(before, object!, verb, subresource));
    return { ok: true, code: 200, object: store.get(key) ?? before!, warnings: [] };
  };
  const context: ReconcileContext = {
    nowMs: 0,
    numbers: NUMBERS_1_36,
    flags: {},
    random: randomSource(1, 'snapshots'),
    api: { call, callAll: (calls) => calls.map(call), sleep: () => undefined },
    plugins: { call: () => ({ ok: true, result: {} }) },
    memory: undefined,
    memoryOf: () => undefined,
    view: ({ plural }) => views.get(plural)!,
    remember: () => undefined,
    event: (_about, type, reason, message) => void events.push(`${type} ${reason} ${message}`),
    enqueue: () => undefined,
    once: (make) => make(),
    note: () => undefined,
  };
  const now = (kind: string): readonly KubernetesObject[] => [...stores.get(PLURALS[kind]!)!.values()];
  const first = (kind: string): KubernetesObject => given.find((object) => object.kind === kind)!;
  return { context, events, now, first, errors };
}

function written(
  before: KubernetesObject | undefined,
  body: KubernetesObject,
  verb: string,
  subresource: string | undefined,
): KubernetesObject {
  if (verb === 'create' || before === undefined) return body;
  if (subresource === 'status' && verb === 'update') return { ...before, status: body['status'] };
  if (verb === 'update') return body;
  const merged = applyMergePatch(before, body as JsonObject);
  return (merged.ok ? merged.value : before) as KubernetesObject;
}

/** As upstream compares: without times, versions and lists that are empty. */
function comparable(object: KubernetesObject): JsonObject {
  const { resourceVersion: _version, finalizers: _finalizers, ...metadata } = objectAt(object, 'metadata') ?? {};
  const finalizers = arrayAt(object, 'metadata', 'finalizers');
  const status = objectAt(object, 'status');
  const { creationTime: _creation, error, ...rest } = status ?? {};
  const reference = objectAt(object, 'spec', 'volumeSnapshotRef');
  const { resourceVersion: _ref, ...volumeSnapshotRef } = reference ?? {};
  const message = stringAt(error, 'message');
  return {
    ...object,
    metadata: { ...metadata, ...(finalizers.length === 0 ? {} : { finalizers }) },
    spec: { ...objectAt(object, 'spec'), ...(reference === undefined ? {} : { volumeSnapshotRef }) },
    ...(status === undefined ? {} : { status: { ...rest, ...(message === undefined ? {} : { error: message }) } }),
  };
}

/** What stands for upstream's functions that a case calls; whether a claim or a snapshot has its finalizers where that is all. */
function carriedOut(name: string, { context, first, now }: ReturnType<typeof playing>): (() => void) | undefined {
  const snapshot = first('VolumeSnapshot');
  const content = first('VolumeSnapshotContent');
  const both = [SOURCE_FINALIZER, BOUND_FINALIZER];
  const ofClaim = (): boolean => hasFinalizer(now('PersistentVolumeClaim')[0]!, CLAIM_FINALIZER);
  const ofSnapshot = (): readonly boolean[] => both.map((one) => hasFinalizer(now('VolumeSnapshot')[0]!, one));
  const functions: Readonly<Record<string, () => void>> = {
    testSyncSnapshot: () => syncSnapshot(context, snapshot),
    testSyncSnapshotError: () => syncSnapshot(context, snapshot),
    testSyncContent: () => syncContent(context, content, () => undefined),
    testSyncContentError: () => syncContent(context, content, () => undefined),
    testNewSnapshotContentCreation: () => bringOn(context, snapshot),
    testUpdateSnapshotClass: () => void withClass(context, snapshot),
    testUpdateSnapshotErrorStatus: () => {
      const error = objectAt(updateStatus(context, snapshot, content), 'status', 'error');
      expect(error).toEqual(objectAt(content, 'status', 'error'));
    },
    testAddPVCFinalizer: () => {
      protectClaim(context, snapshot);
      expect(ofClaim()).toBe(true);
    },
    testRemovePVCFinalizer: () => releaseClaim(context, snapshot, false),
    testAddSnapshotFinalizer: () => {
      withFinalizers(context, snapshot, both);
      expect(ofSnapshot()).toEqual([true, true]);
    },
    testAddSingleSnapshotFinalizer: () => {
      withFinalizers(context, snapshot, [BOUND_FINALIZER]);
      expect(ofSnapshot()[1]).toBe(true);
    },
    testRemoveSnapshotFinalizer: () => {
      removeFinalizers(context, snapshot, both);
      expect(ofSnapshot()).toEqual([false, false]);
    },
  };
  return functions[name];
}

function check(one: UpstreamCase): void {
  const cluster = playing(one);
  const name = stringAt(one, 'call') ?? '';
  const isExpected = one['success'] === true;
  const run = carriedOut(name, cluster);
  if (run === undefined) throw new Error(`nothing stands for ${name}`);
  const done = failureOf(run);
  // A failure that upstream prepares for a kind of write which is not made any more is never met, there as here.
  const isMet = arrayAt(one, 'errors').length === 0 || cluster.errors.length === 0;
  if (name.endsWith('Error') && isMet) expect(done).toHaveProperty('failed');
  else if (isExpected) expect(done).not.toHaveProperty('failed');
  if (name === 'testRemovePVCFinalizer' && isExpected)
    expect(hasFinalizer(cluster.now('PersistentVolumeClaim')[0]!, CLAIM_FINALIZER)).toBe(false);
  if (name.includes('Finalizer') || name === 'testUpdateSnapshotErrorStatus') return;
  const got = [...cluster.now('VolumeSnapshot'), ...cluster.now('VolumeSnapshotContent')].map(comparable);
  expect(got).toEqual((arrayAt(one, 'expected') as readonly KubernetesObject[]).map(comparable));
  const wanted = arrayAt(one, 'events').map((event) => asString(event) ?? '');
  // Upstream compares the beginnings of those that it expects.
  wanted.forEach((event, index) => expect(cluster.events[index]).toContain(event));
}

for (const file of ['snapshot-create', 'snapshot-delete', 'snapshot-finalizer', 'snapshot-update', 'snapshotclass'])
  runUpstreamTests(new URL(`testdata/${file}.json`, import.meta.url), { '*': check });
