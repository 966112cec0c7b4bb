import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { objectAt, stringAt, valueAt } from '../../base/json.ts';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { withoutValue, withValue } from './change-object.ts';
import type { Conversion, ConversionNote, Converted } from './conversion.ts';

/**
 * Workloads of extensions/v1beta1, apps/v1beta1 and apps/v1beta2: the selector followed from the labels of the template,
 * and some defaults were others.
 * Source: pkg/apis/{extensions/v1beta1,apps/v1beta1,apps/v1beta2,apps/v1}/defaults.go, 1.36.
 */
export const workloads: readonly Conversion[] = [
  workload('Deployment', ['extensions/v1beta1', 'apps/v1beta1', 'apps/v1beta2']),
  workload('DaemonSet', ['extensions/v1beta1', 'apps/v1beta2']),
  workload('ReplicaSet', ['extensions/v1beta1', 'apps/v1beta2']),
  workload('StatefulSet', ['apps/v1beta1', 'apps/v1beta2']),
];

function workload(kind: string, versions: readonly string[]): Conversion {
  return {
    from: versions.map((version): GroupVersionKind => ({ ...parseApiVersion(version), kind })),
    to: { group: 'apps', version: 'v1', kind },
    convert: (object) => convertWorkload(object),
  };
}

/** What the old version filled in and apps/v1 does not, or fills in otherwise; where it changes what happens. */
interface OldDefault {
  readonly path: Path;
  readonly value: JsonValue;
  /** Only where that is how Pods are replaced, or nothing is said of it. */
  readonly withStrategy?: 'RollingUpdate';
}

/** As long as no number holds the old Pods' templates back, all are kept. */
const NEVER = 2_147_483_647;

const OLD_DEFAULTS: Readonly<Record<string, readonly OldDefault[]>> = {
  'extensions/v1beta1 Deployment': [
    { path: ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'], value: 1, withStrategy: 'RollingUpdate' },
    { path: ['spec', 'strategy', 'rollingUpdate', 'maxSurge'], value: 1, withStrategy: 'RollingUpdate' },
    { path: ['spec', 'revisionHistoryLimit'], value: NEVER },
    { path: ['spec', 'progressDeadlineSeconds'], value: NEVER },
  ],
  'apps/v1beta1 Deployment': [{ path: ['spec', 'revisionHistoryLimit'], value: 2 }],
  'extensions/v1beta1 DaemonSet': [{ path: ['spec', 'updateStrategy', 'type'], value: 'OnDelete' }],
  'apps/v1beta1 StatefulSet': [{ path: ['spec', 'updateStrategy', 'type'], value: 'OnDelete' }],
};

/** Versions that took the selector from the labels of the template. */
const FILLS_SELECTOR: ReadonlySet<string> = new Set(['extensions/v1beta1', 'apps/v1beta1']);

function convertWorkload(object: KubernetesObject): Converted {
  const notes: ConversionNote[] = [];
  let result = object;
  const labels = objectAt(object, 'spec', 'template', 'metadata', 'labels');
  if (FILLS_SELECTOR.has(object.apiVersion) && isMissing(object, ['spec', 'selector']) && labels !== undefined) {
    result = withValue(result, ['spec', 'selector'], { matchLabels: labels });
    notes.push({ id: 'selectorFromLabels', params: {} });
  }
  const written: string[] = [];
  for (const { path, value, withStrategy } of OLD_DEFAULTS[`${object.apiVersion} ${object.kind}`] ?? []) {
    const strategy = stringAt(object, 'spec', 'strategy', 'type') || 'RollingUpdate';
    if (!isMissing(object, path) || (withStrategy !== undefined && strategy !== withStrategy)) continue;
    result = withValue(result, path, value);
    written.push(formatFieldPath(path));
  }
  if (written.length > 0) notes.push({ id: 'defaultsWritten', params: { fields: written.join(', ') } });
  for (const field of ['rollbackTo', 'templateGeneration']) {
    if (valueAt(result, 'spec', field) === undefined) continue;
    result = withoutValue(result, ['spec', field]);
    notes.push({ id: 'fieldDropped', params: { field: `spec.${field}` } });
  }
  return { object: result, notes };
}

function isMissing(object: JsonObject, path: Path): boolean {
  const value = valueAt(object, ...path);
  return value === undefined || value === null || value === '';
}
