import type { KubernetesObject } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import type { View } from '../client/view.ts';
import type { AssumedObjects } from './plugin.ts';
import type { SchedulerState } from './scheduler-state.ts';

/**
 * Objects as they will be when what is reserved is written. Each is a change of one version; another version that the
 * informer brings takes its place. Source: pkg/scheduler/framework/plugins/volumebinding/passive_assume_cache.go, 1.36.
 */
export function assumedObjects({ assumed }: Pick<SchedulerState, 'assumed'>): AssumedObjects {
  return {
    assume(plural, key, object) {
      assumed.set(`${plural}/${key}`, object);
    },
    restore(plural, key, object) {
      const current = assumed.get(`${plural}/${key}`);
      if (current !== undefined && isSameVersion(current, object)) assumed.delete(`${plural}/${key}`);
    },
    forget(plural, key) {
      assumed.delete(`${plural}/${key}`);
    },
  };
}

/** The object as it is assumed, or as it is stored. */
export function assumedOr(
  assumed: SchedulerState['assumed'],
  plural: string,
  key: string,
  stored: KubernetesObject | undefined,
): KubernetesObject | undefined {
  if (assumed.size === 0 || stored === undefined) return stored;
  const object = assumed.get(`${plural}/${key}`);
  return object !== undefined && isSameVersion(object, stored) ? object : stored;
}

/** Objects that are assumed, where nothing is stored under their key. */
export function assumedOnly(
  assumed: SchedulerState['assumed'],
  plural: string,
  stored: View,
): readonly KubernetesObject[] {
  const prefix = `${plural}/`;
  return [...assumed].flatMap(([key, object]) =>
    key.startsWith(prefix) && stored.getKey(key.slice(prefix.length)) === undefined ? object : [],
  );
}

export function isSameVersion(a: KubernetesObject, b: KubernetesObject): boolean {
  return stringAt(a, 'metadata', 'resourceVersion') === stringAt(b, 'metadata', 'resourceVersion');
}
