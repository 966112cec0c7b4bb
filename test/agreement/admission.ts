import type { JsonObject, JsonValue } from '../../src/base/json.ts';
import { isJsonObject, numberAt, stringAt } from '../../src/base/json.ts';

/**
 * Takes away what the server wrote into an object after decoding it and what no object alone can tell: admission plugins
 * that are on by default, allocators, and uids. Both sides of a comparison go through it.
 */
export function withoutAdmission(value: JsonValue | undefined, path = ''): JsonValue | undefined {
  if (Array.isArray(value))
    return (value as readonly JsonValue[])
      .filter((item) => !isAdmitted(item, path))
      .map((item) => withoutAdmission(item, path) ?? null);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value)
    .map(([name, entry]): readonly [string, JsonValue | undefined] => [
      name,
      withoutAdmission(entry, path === '' ? name : `${path}.${name}`),
    ])
    .filter(([name]) => !isMade(name, path));
  return Object.fromEntries(entries) as JsonObject;
}

const FINALIZERS: ReadonlySet<JsonValue> = new Set(['kubernetes.io/pvc-protection', 'kubernetes.io/pv-protection']);
const ADMITTED_TOLERATIONS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
const ADMITTED_SECONDS = 300;

/** Items that DefaultTolerationSeconds, StorageObjectInUseProtection and TaintNodesByCondition add. */
function isAdmitted(item: JsonValue, path: string): boolean {
  if (path === 'metadata.finalizers') return FINALIZERS.has(item);
  if (path === 'spec.taints') return stringAt(item, 'key') === 'node.kubernetes.io/not-ready';
  return (
    path === 'spec.tolerations' &&
    ADMITTED_TOLERATIONS.includes(stringAt(item, 'key') ?? '') &&
    numberAt(item, 'tolerationSeconds') === ADMITTED_SECONDS
  );
}

/** Labels by which a Job finds its Pods: they hold its uid. */
const UID_LABELS: ReadonlySet<string> = new Set([
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
]);

function isMade(name: string, path: string): boolean {
  if (path.endsWith('labels') || path.endsWith('matchLabels')) return UID_LABELS.has(name);
  return false;
}

/** What the server allocated where the client wrote nothing: addresses, ports, and what Priority admission fills in. */
export function isAllocated(path: string, ours: JsonValue | undefined): boolean {
  const isEmpty = ours === undefined || ours === 0 || ours === '' || (Array.isArray(ours) && ours.length === 0);
  return (
    isEmpty && /^spec\.(?:clusterIPs?|healthCheckNodePort|priority|preemptionPolicy|ports\[\d+\]\.nodePort)$/.test(path)
  );
}
