import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { uidOf } from '../../apimachinery/owner-reference.ts';
import { formatDurationMs } from '../../apimachinery/duration.ts';
import type { Controller, Outcome, ReconcileContext } from '../controllers/controller.ts';
import { CONFIG_MAPS, DAEMON_SETS, JOBS, NODES } from '../controllers/resources.ts';
import type { ResourceName } from '../messages.ts';
import { SOURCES } from '../scheduler/scheduler-state.ts';
import type { ActuationScene, DeletionOrder } from './actuation.ts';
import { deleteNode, markToBeDeleted, updateSoftTaints } from './actuation.ts';
import { askNodePools } from './ask-node-pools.ts';
import type { Growth } from './balancing.ts';
import { PRIORITY_CONFIG_KEY } from './expander.ts';
import type { LoopPlan, LoopScene } from './loop-plan.ts';
import { drainSceneOf, planLoop } from './loop-plan.ts';
import type { AutoscalerSettings, LivePool, LoopMemory } from './loop-state.ts';
import { FRESH_MEMORY, backedOff } from './loop-state.ts';
import type { PoolState } from './pool-provider.ts';
import { DECREASE_TARGET_SIZE, INCREASE_SIZE, REFRESH } from './pool-provider.ts';
import { upcomingOf } from './readiness.ts';
import { STATUS_CONFIG_MAP, momentText, statusOf } from './status.ts';
import { utilizationWords } from './utilization.ts';
import { installedUser } from '../client/installed-user.ts';

export const CLUSTER_AUTOSCALER = 'cluster-autoscaler';

export const AUTOSCALER_USER = installedUser('kube-system', 'cluster-autoscaler');

const LOOP = 'loop';
/** Keys of Nodes that are being deleted: each is a flow of its own beside the loop. */
const DELETE = 'delete/';
/** How many Nodes may be deleted at once, beside the loop: more than any flag allows to be asked for. */
const WORKERS = 101;

const WATCHED: readonly ResourceName[] = [...SOURCES, DAEMON_SETS, JOBS, CONFIG_MAPS];

/**
 * cluster-autoscaler: every ten seconds it looks for Pods that fit nowhere and has pools of Nodes grow so that they do, and
 * for Nodes that are not needed and has them go. What fits where is asked of the scheduler's own plugins.
 * Source: cluster-autoscaler/core/static_autoscaler.go, cluster-autoscaler 1.36.1.
 */
export const clusterAutoscaler: Controller = {
  name: CLUSTER_AUTOSCALER,
  workers: WORKERS,
  watches: WATCHED.map((resource) => ({ resource, keysOf: () => [] })),
  resync: { everyMs: ({ autoscaler }) => autoscaler?.flags.scanIntervalMs ?? 10_000, keysOf: () => [LOOP] },
  reconcile: (context, key) => (key === LOOP ? loop(context) : remove(context, key)),
};

function settingsOf({ flags }: ReconcileContext): AutoscalerSettings {
  if (flags.autoscaler === undefined) throw new Error('cluster-autoscaler without settings');
  return flags.autoscaler;
}

function viewsOf(context: ReconcileContext): LoopScene['view'] {
  return (plural) => context.view(WATCHED.find((resource) => resource.plural === plural) ?? NODES);
}

function loop(context: ReconcileContext): Outcome | void {
  const { flags } = settingsOf(context);
  const found = askNodePools(context, CLUSTER_AUTOSCALER, REFRESH);
  if (typeof found === 'string') return { failed: found };
  const live = livePools(context, found);
  const { nowMs } = context;
  const began = withoutEnded(context, (context.memory ?? FRESH_MEMORY) as LoopMemory);
  const draw = (count: number): number => context.random.integer(`expander/${nowMs}`, 0, count - 1);
  const scene: LoopScene = { nowMs, flags, pools: live, memory: began, view: viewsOf(context), draw };
  // Frozen, so that copies of the state share it.
  const plan = context.once(() => Object.freeze(planLoop(scene)));
  const log = logger(context);
  let memory = endRequests(context, scene, plan, log);
  if (!plan.isHealthy) log('Warning', 'ClusterUnhealthy', 'Cluster is unhealthy');
  for (const { reason, message } of plan.warnings) warnOfPriorities(context, reason, message);
  memory = grow(context, scene, plan, memory, log);
  memory = tellHelpless(context, plan, memory);
  memory = shrink(context, scene, plan, memory, log);
  memory = writeStatus(context, scene, plan, memory);
  context.remember(Object.freeze(memory));
  return waitFor(plan, memory, scene);
}

function livePools({ flags }: ReconcileContext, states: readonly PoolState[]): readonly LivePool[] {
  return (flags.autoscaler?.pools ?? []).flatMap((pool) => {
    const state = states.find(({ name }) => name === pool.name);
    return state === undefined ? [] : [{ ...state, pool }];
  });
}

/** Without the deletions that are over; what became of them counts. */
function withoutEnded(context: ReconcileContext, memory: LoopMemory): LoopMemory {
  let { lastScaleDownFailMs } = memory;
  const deletions = Object.entries(memory.deletions).filter(([name, { atMs }]) => {
    const ended = context.memoryOf(DELETE + name) as EndedDeletion | undefined;
    if (ended === undefined || ended.atMs < atMs) return true;
    if (ended.state === 'failed') lastScaleDownFailMs = Math.max(lastScaleDownFailMs, ended.atMs);
    return false;
  });
  return { ...memory, lastScaleDownFailMs, deletions: Object.fromEntries(deletions) };
}

/** What the autoscaler says of itself: as Events of its status. */
type Log = ActuationScene['log'];

function logger(context: ReconcileContext): Log {
  const known = context.view(CONFIG_MAPS).getKey(`kube-system/${STATUS_CONFIG_MAP}`);
  const about = known ?? {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: STATUS_CONFIG_MAP, namespace: 'kube-system' },
  };
  return (type, reason, message) => context.event(about, type, reason, message);
}

function warnOfPriorities(context: ReconcileContext, reason: string, message: string): void {
  const config = context.view(CONFIG_MAPS).getKey(PRIORITY_CONFIG_KEY);
  if (config !== undefined) context.event(config, 'Warning', reason, message);
}

/**
 * Scale-ups that are through are forgotten; those that take too long are taken back, and the pool rests.
 * Source: cluster-autoscaler/clusterstate/clusterstate.go `updateScaleRequests`, 1.36.1.
 */
function endRequests(context: ReconcileContext, scene: LoopScene, plan: LoopPlan, log: Log): LoopMemory {
  const { memory, nowMs, flags } = scene;
  const requests = { ...memory.requests };
  const backoffs = Object.fromEntries(
    Object.entries(memory.backoffs).filter(([, { failedMs }]) => failedMs + flags.backoffResetMs >= nowMs),
  );
  for (const [name, request] of Object.entries(memory.requests)) {
    const pool = scene.pools.find((one) => one.name === name);
    if (pool === undefined || upcomingOf(pool, plan.readiness) === 0) delete requests[name];
    else if (request.dueMs < nowMs) {
      const after = formatDurationMs(nowMs - request.atMs);
      log('Warning', 'ScaleUpTimedOut', `Nodes added to group ${name} failed to register within ${after}`);
      const message = `Scale-up timed out for node group ${name} after ${after}`;
      backoffs[name] = backedOff(flags, backoffs[name], message, nowMs);
      delete requests[name];
      askNodePools(context, CLUSTER_AUTOSCALER, DECREASE_TARGET_SIZE, { pool: name, delta: request.increase });
    }
  }
  return { ...memory, requests, backoffs };
}

/** Source: cluster-autoscaler/core/scaleup/orchestrator/executor.go `executeScaleUp`, 1.36.1. */
function grow(context: ReconcileContext, scene: LoopScene, plan: LoopPlan, before: LoopMemory, log: Log): LoopMemory {
  const { nowMs, flags } = scene;
  let memory = before;
  const grown: Growth[] = [];
  for (const growth of plan.growths) {
    const { pool, current, wanted, max } = growth;
    const size = `${wanted} instead of ${current} (max: ${max})`;
    log('Normal', 'ScaledUpGroup', `Scale-up: setting group ${pool} size to ${size}`);
    const answer = askNodePools(context, CLUSTER_AUTOSCALER, INCREASE_SIZE, { pool, delta: wanted - current });
    if (typeof answer === 'string') {
      log('Warning', 'FailedToScaleUpGroup', `Scale-up failed for group ${pool}: ${answer}`);
      const backoff = backedOff(flags, memory.backoffs[pool], `failed to increase node group size: ${answer}`, nowMs);
      memory = { ...memory, backoffs: { ...memory.backoffs, [pool]: backoff } };
      continue;
    }
    log('Normal', 'ScaledUpGroup', `Scale-up: group ${pool} size set to ${size}`);
    const increase = (memory.requests[pool]?.increase ?? 0) + wanted - current;
    const request = { atMs: nowMs, dueMs: nowMs + flags.maxNodeProvisionMs, increase };
    memory = { ...memory, requests: { ...memory.requests, [pool]: request } };
    grown.push(growth);
  }
  if (grown.length === 0) return memory;
  const words = grown.map(({ pool, current, wanted, max }) => `{${pool} ${current}->${wanted} (max: ${max})}`);
  for (const pod of plan.triggers)
    context.event(pod, 'Normal', 'TriggeredScaleUp', `pod triggered scale-up: [${words.join(' ')}]`);
  return { ...memory, lastScaleUpMs: nowMs };
}

/** Source: cluster-autoscaler/utils/kubernetes/factory.go `getCorrelationOptions`, 1.36.1: one in five minutes. */
const TELL_AGAIN_MS = 300_000;

function tellHelpless(context: ReconcileContext, plan: LoopPlan, memory: LoopMemory): LoopMemory {
  const { nowMs } = context;
  const told = Object.fromEntries(Object.entries(memory.told).filter(([, atMs]) => atMs + TELL_AGAIN_MS > nowMs));
  for (const { pod, words } of plan.helpless) {
    const uid = uidOf(pod);
    if (told[uid] !== undefined) continue;
    told[uid] = nowMs;
    context.event(pod, 'Normal', 'NotTriggerScaleUp', words);
  }
  return { ...memory, told };
}

function shrink(context: ReconcileContext, scene: LoopScene, plan: LoopPlan, memory: LoopMemory, log: Log): LoopMemory {
  const { flags, nowMs } = scene;
  const unneeded = Object.fromEntries(plan.unneeded.map(({ name }) => [name, memory.unneeded[name] ?? nowMs]));
  const nodes = scene.view('nodes');
  const deletions = { ...memory.deletions };
  let { lastScaleDownDeleteMs } = memory;
  for (const { name, pool, pods, utilization } of plan.deletions) {
    const node = nodes.getKey(name);
    if (node === undefined || !markToBeDeleted(context, node)) continue;
    const withDrain = pods.length > 0;
    const moved = pods.map(({ pod }) => nameOf(pod)).join(',');
    const told = `Scale-down: removing node ${name}, utilization: ${utilizationWords(utilization)}, pods to reschedule: ${moved}`;
    if (withDrain) log('Normal', 'ScaleDown', told);
    else log('Normal', 'ScaleDownEmpty', `Scale-down: removing empty node "${name}"`);
    deletions[name] = { pool: pool.name, withDrain, atMs: nowMs };
    lastScaleDownDeleteMs = nowMs;
    context.enqueue(DELETE + name, flags.deleteDelayAfterTaintMs);
  }
  const own = nodes.list().filter((node) => plan.readiness.poolOf.has(nameOf(node)) && !(nameOf(node) in deletions));
  if (plan.isHealthy) updateSoftTaints(context, own, (name) => name in unneeded, flags.maxBulkSoftTaintCount);
  return { ...memory, unneeded, unremovable: plan.unremovable, deletions, lastScaleDownDeleteMs };
}

/** How a deletion ended; nothing while it goes on. */
interface EndedDeletion {
  readonly state: 'gone' | 'failed';
  readonly atMs: number;
}

/** Drains and deletes a Node that the loop has marked. */
function remove(context: ReconcileContext, key: string): void {
  const name = key.slice(DELETE.length);
  const node = context.view(NODES).getKey(name);
  const order = (context.memoryOf(LOOP) as LoopMemory | undefined)?.deletions[name];
  if (node === undefined || order === undefined) return context.remember({ state: 'gone', atMs: context.nowMs });
  const { flags } = settingsOf(context);
  const scene: ActuationScene = {
    flags,
    drain: drainSceneOf({ view: viewsOf(context), flags, nowMs: context.nowMs }),
    askCloud(method, parameters) {
      const answer = askNodePools(context, CLUSTER_AUTOSCALER, method, parameters);
      return typeof answer === 'string' ? answer : undefined;
    },
    log: logger(context),
  };
  const deletion: DeletionOrder = { node, ...order };
  const isGone = deleteNode(context, deletion, scene);
  const ended: EndedDeletion = { state: isGone ? 'gone' : 'failed', atMs: context.nowMs };
  context.remember(ended);
}

/**
 * Writes the status. Upstream does so in every loop, for its times; here where anything else in it has changed.
 * Source: cluster-autoscaler/clusterstate/utils/status.go `WriteStatusConfigMap`, 1.36.1.
 */
function writeStatus(context: ReconcileContext, scene: LoopScene, plan: LoopPlan, memory: LoopMemory): LoopMemory {
  const { nowMs, flags } = scene;
  const targets = new Map(plan.growths.map(({ pool, wanted }) => [pool, wanted]));
  const pools = scene.pools.map((pool) =>
    memory.requests[pool.name] === undefined ? pool : { ...pool, target: targets.get(pool.name) ?? pool.target },
  );
  const candidates = plan.unneeded.map(({ pool }) => pool.name);
  const status = statusOf({ pools, readiness: plan.readiness, memory, flags, candidates, nowMs });
  if (status.told === memory.statusTold) return memory;
  const metadata = { annotations: { 'cluster-autoscaler.kubernetes.io/last-updated': momentText(nowMs) } };
  const body: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { status: status.text } };
  const place = { resource: CONFIG_MAPS, namespace: 'kube-system', name: STATUS_CONFIG_MAP };
  const known = context.view(CONFIG_MAPS).getKey(`kube-system/${STATUS_CONFIG_MAP}`);
  const named = { ...metadata, name: STATUS_CONFIG_MAP, namespace: 'kube-system' };
  const written =
    known === undefined
      ? context.api.call({ verb: 'create', ...place, name: undefined, body: { ...body, metadata: named } })
      : context.api.call({ verb: 'patch', ...place, options: { patchType: 'merge' }, body });
  return written.ok ? { ...memory, status: status.memory, statusTold: status.told } : memory;
}

/** The cluster has not settled while a Node is to go when nothing changes; loops go on in any case. */
function waitFor(plan: LoopPlan, { deletions }: LoopMemory, { nowMs, flags }: LoopScene): Outcome | void {
  if (plan.nextRemovalMs === undefined || Object.keys(deletions).length > 0) return;
  const loops = Math.max(1, Math.trunc((plan.nextRemovalMs - nowMs) / flags.scanIntervalMs) + 1);
  return { requeueAfterMs: loops * flags.scanIntervalMs + 1, as: 'check' };
}
