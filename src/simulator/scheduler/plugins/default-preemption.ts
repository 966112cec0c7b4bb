import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import { isBeingDeleted } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import { Action } from '../cluster-event.ts';
import { failedSchedulingMessage } from '../failed-scheduling.ts';
import type { NodeInfo } from '../node-info.ts';
import { nominatedNodeOf } from '../nominator.ts';
import type { FailedSearch, PostFiltered, SchedulerPlugin, Verdict } from '../plugin.ts';
import type { PodInfo } from '../pod-info.ts';
import type { Candidate } from '../preemption/candidate.ts';
import { meritsOf, pickCandidate } from '../preemption/candidate.ts';
import type { DryRun } from '../preemption/dry-run.ts';
import { dryRun } from '../preemption/dry-run.ts';

/** Source: pkg/scheduler/apis/config/v1/defaults.go `SetDefaults_DefaultPreemptionArgs`, 1.36. */
export interface DefaultPreemptionArgs {
  readonly minCandidateNodesPercentage?: number;
  readonly minCandidateNodesAbsolute?: number;
}

/**
 * Makes room for a Pod by having less important ones deleted.
 * Source: pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go and
 * pkg/scheduler/framework/preemption/preemption.go `Preempt`, 1.36.
 */
export function defaultPreemption(args: DefaultPreemptionArgs = {}): SchedulerPlugin {
  const percentage = args.minCandidateNodesPercentage ?? 10;
  const absolute = args.minCandidateNodesAbsolute ?? 100;
  return {
    name: 'DefaultPreemption',
    preEnqueue({ uid }, queue) {
      if (!queue.isPreempting(uid)) return undefined;
      return {
        code: 'UnschedulableAndUnresolvable',
        reasons: ['waiting for the preemption for this pod to be finished'],
      };
    },
    // Opens the gate; whether the Pod is tried again is for the plugins that refused it to say.
    events: [{ event: { resource: 'Pod', actions: Action.Delete }, hint: () => 'QueueSkip' }],
    postFilter(pod, search) {
      const problem = notEligible(pod, search);
      if (problem !== undefined) return { code: 'Unschedulable', reasons: [`preemption: ${problem}`] };
      const { snapshot, random, attempt } = search;
      const nodes = snapshot.nodes.filter(({ name }) => search.verdictOf(name).code === 'Unschedulable');
      const wanted = Math.min(Math.max(Math.trunc((nodes.length * percentage) / 100), absolute), nodes.length);
      const offset = nodes.length === 0 ? 0 : random.integer(`preemption-offset/${attempt}`, 0, nodes.length - 1);
      const budgets = snapshot.view('poddisruptionbudgets').list();
      const run = dryRun(pod, nodes, budgets, search, { offset, wanted });
      if (run.candidates.length === 0) return notHelpful(run, snapshot.nodes.length);
      const { node, victims } = pickCandidate(run.candidates, random, `preemption-tie/${attempt}`);
      return { code: 'Success', reasons: [], nominate: node, victims, detail: detailOf(run, node) };
    },
  };
}

/** Why the Pod may not have others deleted. Source: `PodEligibleToPreemptOthers`, 1.36. */
function notEligible(pod: PodInfo, { snapshot, verdictOf }: FailedSearch): string | undefined {
  if (stringAt(pod.pod, 'spec', 'preemptionPolicy') === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = nominatedNodeOf(pod);
  if (nominated === undefined || verdictOf(nominated).code === 'UnschedulableAndUnresolvable') return undefined;
  const isMakingRoom = snapshot.find(nominated)?.pods.some((victim) => isPreempted(victim, pod)) === true;
  return isMakingRoom ? 'not eligible due to a terminating pod on the nominated node.' : undefined;
}

function isPreempted({ pod, priority }: PodInfo, by: PodInfo): boolean {
  if (priority >= by.priority || !isBeingDeleted(pod)) return false;
  const condition = findCondition(conditionsOf(pod), 'DisruptionTarget');
  return stringAt(condition, 'status') === 'True' && stringAt(condition, 'reason') === 'PreemptionByScheduler';
}

const NOT_HELPFUL = 'Preemption is not helpful for scheduling';

function notHelpful({ verdicts }: DryRun, nodeCount: number): PostFiltered {
  const errors = [...verdicts.values()].filter(({ code }) => code === 'Error').flatMap(({ reasons }) => reasons);
  if (errors.length > 0) return { code: 'Error', reasons: [`preemption: ${aggregated(errors)}`] };
  const message = failedSchedulingMessage({
    nodeCount,
    verdicts: verdicts.values(),
    others: { reasons: [NOT_HELPFUL], count: nodeCount - verdicts.size },
    postFilter: [],
  });
  return {
    code: 'Unschedulable',
    reasons: [`preemption: ${message}`],
    nominate: '',
    detail: { rejected: Object.fromEntries(firstOf(verdicts)) },
  };
}

/** Source: staging/src/k8s.io/apimachinery/pkg/util/errors/errors.go `aggregate.Error`, 1.36. */
function aggregated(messages: readonly string[]): string {
  const distinct = [...new Set(messages)];
  return distinct.length === 1 ? distinct[0]! : `[${distinct.join(', ')}]`;
}

/** In large clusters the trace keeps some. */
const KEPT = 100;

function firstOf(verdicts: ReadonlyMap<string, Verdict>): readonly (readonly [string, Verdict])[] {
  return [...verdicts].slice(0, KEPT);
}

/** A table for the trace: the Nodes, and what they are compared by in order. */
function detailOf({ candidates, verdicts }: DryRun, chosen: NodeInfo['name']): PostFiltered['detail'] {
  const lines = [...candidates].sort((a, b) => Number(b.node === chosen) - Number(a.node === chosen)).slice(0, KEPT);
  return {
    chosen,
    candidates: lines.map((candidate: Candidate) => ({
      node: candidate.node,
      pods: candidate.victims.map(({ key }) => key),
      ...meritsOf(candidate),
    })),
    rejected: Object.fromEntries(firstOf(verdicts)),
  };
}
