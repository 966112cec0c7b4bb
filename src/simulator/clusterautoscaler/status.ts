import { timeOf } from '../kernel/clock.ts';
import type { AutoscalerFlags, LivePool, LoopMemory, StatusMemory } from './loop-state.ts';
import type { PoolReadiness, Readiness } from './readiness.ts';
import { isClusterHealthy, isPoolHealthy, upcomingOf } from './readiness.ts';

export const STATUS_CONFIG_MAP = 'cluster-autoscaler-status';

/** A moment as Go prints it. */
export function momentText(nowMs: number): string {
  return `${timeOf(nowMs).replace('T', ' ').replace('Z', '')} +0000 UTC`;
}

export interface StatusScene {
  readonly pools: readonly LivePool[];
  readonly readiness: PoolReadiness;
  readonly memory: LoopMemory;
  readonly flags: AutoscalerFlags;
  /** Pools of the Nodes that are not needed. */
  readonly candidates: readonly string[];
  readonly nowMs: number;
}

/** The status as YAML, and since when its parts say what they say. */
export interface Status {
  readonly text: string;
  /** What it says without its times: where this is the same, nothing new is to be told. */
  readonly told: string;
  readonly memory: StatusMemory;
}

/**
 * What the autoscaler tells of itself in `cluster-autoscaler-status`.
 * Source: cluster-autoscaler/clusterstate/clusterstate.go `GetStatus`, clusterstate/api/types.go, 1.36.1.
 */
export function statusOf(scene: StatusScene): Status {
  const { pools, readiness, memory, flags, candidates, nowMs } = scene;
  const next: Record<string, { readonly status: string; readonly sinceMs: number }> = {};
  const said: string[] = [];
  const now = timeOf(nowMs);
  const condition = (place: string, status: string, more: readonly string[] = []): readonly string[] => {
    const before = memory.status[place];
    const sinceMs = before?.status === status ? before.sinceMs : nowMs;
    next[place] = { status, sinceMs };
    said.push(place, status, ...more);
    return [`status: ${status}`, ...more, `lastProbeTime: "${now}"`, `lastTransitionTime: "${timeOf(sinceMs)}"`];
  };
  const scaleDown = (place: string, count: number): readonly string[] =>
    condition(place, count > 0 ? 'CandidatesPresent' : 'NoCandidates', count > 0 ? [`candidates: ${count}`] : []);
  const groups = pools.map((pool) => {
    const { name, target } = pool;
    const isHealthy = isPoolHealthy(pool, readiness, memory, flags);
    const limits = [`cloudProviderTarget: ${target}`, `minSize: ${pool.pool.min}`, `maxSize: ${pool.pool.max}`];
    const counts = [...nodeCounts(readiness.byPool.get(name)), ...limits];
    const [scaleUp, more] = scaleUpOf(pool, isHealthy, scene);
    return {
      name,
      scaleUp,
      lines: [
        `- name: ${name}`,
        '  health:',
        ...indented(4, condition(`${name}/health`, isHealthy ? 'Healthy' : 'Unhealthy', counts)),
        '  scaleUp:',
        ...indented(4, condition(`${name}/scaleUp`, scaleUp, more)),
        '  scaleDown:',
        ...indented(4, scaleDown(`${name}/scaleDown`, candidates.filter((one) => one === name).length)),
      ],
    };
  });
  const isHealthy = isClusterHealthy(readiness, flags);
  const isGrowing = groups.some(({ scaleUp }) => scaleUp === 'InProgress');
  const lines = [
    `time: ${momentText(nowMs)}`,
    'autoscalerStatus: Running',
    'clusterWide:',
    '  health:',
    ...indented(4, condition('health', isHealthy ? 'Healthy' : 'Unhealthy', nodeCounts(readiness.total))),
    '  scaleUp:',
    ...indented(4, condition('scaleUp', isGrowing ? 'InProgress' : 'NoActivity')),
    '  scaleDown:',
    ...indented(4, scaleDown('scaleDown', candidates.length)),
    'nodeGroups:',
    ...groups.flatMap((group) => group.lines),
  ];
  return { text: `${lines.join('\n')}\n`, told: said.join('\n'), memory: next };
}

/** Source: `buildScaleUpStatusNodeGroup`, 1.36.1. */
function scaleUpOf(
  pool: LivePool,
  isHealthy: boolean,
  { readiness, memory, nowMs }: StatusScene,
): readonly [string, readonly string[]] {
  const { name } = pool;
  if (memory.requests[name] !== undefined && upcomingOf(pool, readiness) > 0) return ['InProgress', []];
  if (!isHealthy) return ['Unhealthy', []];
  const backoff = memory.backoffs[name];
  if (backoff === undefined || backoff.untilMs < nowMs) return ['NoActivity', []];
  return ['Backoff', ['backoffInfo:', '  errorCode: timeout', `  errorMessage: ${JSON.stringify(backoff.message)}`]];
}

const NOBODY: Readiness = {
  registered: [],
  ready: [],
  unready: [],
  notStarted: [],
  deleted: [],
  unregistered: [],
};

function nodeCounts(readiness: Readiness = NOBODY): readonly string[] {
  const { registered, ready, unready, notStarted, deleted, unregistered } = readiness;
  return [
    'nodeCounts:',
    '  registered:',
    `    total: ${registered.length}`,
    `    ready: ${ready.length}`,
    `    notStarted: ${notStarted.length}`,
    '    suspended: 0',
    ...(deleted.length > 0 ? [`    beingDeleted: ${deleted.length}`] : []),
    '    unready:',
    `      total: ${unready.length}`,
    '      resourceUnready: 0',
    '  longUnregistered: 0',
    `  unregistered: ${unregistered.length}`,
  ];
}

function indented(count: number, lines: readonly string[]): readonly string[] {
  return lines.map((line) => ' '.repeat(count) + line);
}
