import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { taintsOf } from '../../../apimachinery/taints.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { groupBy } from '../../../base/group-by.ts';
import { stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { Outcome, ReconcileContext } from '../controller.ts';
import { NODES } from '../resources.ts';
import { patchTaints } from './patch-taints.ts';

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';

/** Source: config/v1alpha1/defaults.go `NodeEvictionRate`, `SecondaryNodeEvictionRate`, `UnhealthyZoneThreshold`, 1.36. */
const NORMAL_MS = 10_000;
const SECONDARY_MS = 100_000;
const UNHEALTHY = 0.55;
const LARGE_ZONE = 50;

/** When the last Node of each zone was tainted, in milliseconds of the run. JSON. */
type LastTainted = Readonly<Record<string, number>>;

/**
 * Gives Nodes that are not ready the taint that drives Pods away, and takes it from those that are: one Node at a time in
 * each zone, slower where most of a zone is down, and not at all where every zone is.
 * Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go `ComputeZoneState`, `handleDisruption`, 1.36.
 */
export function evictionTaints(context: ReconcileContext): Outcome | undefined {
  const all = context.view(NODES).list();
  const last: Record<string, number> = { ...(context.memory as LastTainted | undefined) };
  // Asked at every change of a Node: with thousands of them, nobody looks at zones in which nothing is to be done.
  if (!all.some((node) => wantedKey(node) !== undefined || taintsOf(node).some(isOurs))) {
    context.remember(last);
    return undefined;
  }
  const zones = zonesOf(all);
  const states = zoneStates(all);
  const isAllDown = [...states.values()].every(({ state }) => state === 'FullDisruption');
  let nextMs = Infinity;
  for (const [zone, nodes] of zones) {
    for (const node of nodes) {
      const wanted = isAllDown ? undefined : wantedKey(node);
      const kept = taintsOf(node).filter((taint) => !isOurs(taint) || stringAt(taint, 'key') === wanted);
      const isSwapped = wanted !== undefined && kept.length < taintsOf(node).length;
      const lacks = wanted !== undefined && !kept.some((taint) => isOurs(taint));
      if (!lacks && kept.length === taintsOf(node).length) continue;
      if (lacks && !isSwapped) {
        const everyMs = intervalMs(states.get(zone));
        if (everyMs === undefined) continue;
        const dueMs = zone in last ? last[zone]! + everyMs : context.nowMs;
        if (dueMs > context.nowMs) {
          nextMs = Math.min(nextMs, dueMs - context.nowMs);
          continue;
        }
        last[zone] = context.nowMs;
      }
      const added: JsonObject[] = lacks ? [{ key: wanted, effect: 'NoExecute', timeAdded: timeOf(context.nowMs) }] : [];
      const failed = patchTaints(context, nameOf(node), [...kept, ...added]);
      if (failed !== undefined) return { failed };
    }
  }
  context.remember(last);
  return nextMs === Infinity ? undefined : { requeueAfterMs: nextMs };
}

function zonesOf(nodes: readonly KubernetesObject[]): ReadonlyMap<string, readonly KubernetesObject[]> {
  return groupBy(nodes, (node) => {
    const labels = labelsOf(node);
    return `${labels.get('topology.kubernetes.io/region') ?? ''}/${labels.get('topology.kubernetes.io/zone') ?? ''}`;
  });
}

function readiness(node: KubernetesObject): string | undefined {
  return stringAt(findCondition(conditionsOf(node), 'Ready'), 'status');
}

function wantedKey(node: KubernetesObject): string | undefined {
  const status = readiness(node);
  if (status === 'False') return NOT_READY;
  return status === 'Unknown' ? UNREACHABLE : undefined;
}

function isOurs(taint: JsonValue): boolean {
  const key = stringAt(taint, 'key');
  return stringAt(taint, 'effect') === 'NoExecute' && (key === NOT_READY || key === UNREACHABLE);
}

/** How much of a zone is down, and how many of its Nodes count. */
interface Zone {
  readonly state: 'Normal' | 'PartialDisruption' | 'FullDisruption';
  readonly size: number;
}

/** Nodes with this label say nothing about their zone, whatever its value. Source: node_lifecycle_controller.go, 1.36. */
const EXCLUDED = 'node.kubernetes.io/exclude-disruption';

export function isExcludedFromDisruption(node: KubernetesObject): boolean {
  return labelsOf(node).has(EXCLUDED);
}

/** How much of each zone is down, by region and zone. Source: `ComputeZoneState`, `isNodeExcludedFromDisruptionChecks`. */
export function zoneStates(nodes: readonly KubernetesObject[]): ReadonlyMap<string, Zone> {
  const zones = zonesOf(nodes.filter((node) => !isExcludedFromDisruption(node)));
  return new Map(
    [...zones].map(([zone, inside]) => {
      const down = inside.filter((node) => readiness(node) !== 'True').length;
      const isPartial = down > 2 && down / inside.length >= UNHEALTHY;
      const state = down === inside.length ? 'FullDisruption' : isPartial ? 'PartialDisruption' : 'Normal';
      return [zone, { state, size: inside.length }] as const;
    }),
  );
}

/** Time between two Nodes of a zone; undefined where none is tainted. Source: `ReducedQPSFunc`. */
function intervalMs(zone: Zone | undefined): number | undefined {
  if (zone?.state !== 'PartialDisruption') return NORMAL_MS;
  return zone.size > LARGE_ZONE ? SECONDARY_MS : undefined;
}
