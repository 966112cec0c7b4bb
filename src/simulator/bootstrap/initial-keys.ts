import { assert } from '../../base/assert.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { objectAt } from '../../base/json.ts';
import { judge } from '../../kinds/judge.ts';
import type { JudgeContext } from '../../kinds/served-kind.ts';
import { BUILT_IN, storageKeyOf } from '../apiserver/served-resources.ts';
import { timeOf } from '../kernel/clock.ts';
import { randomSource } from '../kernel/random.ts';

/** A key of etcd and what stands there when a run begins. */
export interface InitialKey {
  readonly key: string;
  readonly value: KubernetesObject;
}

/** The keys of objects that are there from the start, as an API server would have stored them. */
export function initialKeys(
  objects: readonly KubernetesObject[],
  kinds: JudgeContext,
  seed: number,
): readonly InitialKey[] {
  const random = randomSource(seed, 'bootstrap');
  return objects.map((object) => {
    const { stored, message } = judge(object, kinds);
    assert(stored !== undefined, `an object of a fresh cluster is refused: ${message}`);
    const resource = BUILT_IN.find(({ kind, group }) => kind === object.kind && groupOf(object) === group);
    assert(resource !== undefined, `nothing serves ${object.kind}`);
    const uid = random.letters(`${object.kind}/${nameOf(object)}`, '0123456789abcdef', 32);
    const metadata = { ...objectAt(stored, 'metadata'), uid: asUid(uid), creationTimestamp: timeOf(0) };
    const value: KubernetesObject = Object.freeze({ ...stored, metadata });
    return { key: storageKeyOf(resource, value), value };
  });
}

function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

function asUid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
