import type { ApiCall, ApiClient, ApiResult } from '../client/api-client.ts';
import { THROTTLED, apiClient, askedAgain, resultOf, sendCall, sendRequest } from '../client/api-client.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import { eventRecorder, isRecorderRequest, recordEvent, recorderAnswered } from '../client/event-recorder.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { FlowRun, resumeFlow } from '../kernel/flow.ts';
import type { ApiRequest, ApiResponse, UserInfo } from '../messages.ts';
import { EXITED } from '../static-pods/static-pods.ts';
import { CLOCK } from './clock.ts';
import { LEAD } from './lead.ts';
import type { Candidate, ElectionApi, Observed } from './try-acquire.ts';
import { NOTHING_OBSERVED, release, tryAcquireOrRenew } from './try-acquire.ts';

export interface LeaderElectionSettings {
  readonly server: ComponentId;
  /** Name of the Lease in kube-system: `kube-scheduler`. */
  readonly lease: string;
  readonly user: UserInfo;
  /** What its Events name as their source. */
  readonly reportsAs: string;
  /** The machine: the first part of its identity. */
  readonly machine: string;
  /** The process that it decides for, and the components of it that wait to be told. */
  readonly process: string;
  readonly tells: readonly ComponentId[];
  /** Who starts the process again once it has ended. */
  readonly keeper: ComponentId;
  /** Whether the Lease is given back at the end. */
  readonly releases: boolean;
  /** What it says when it ends. */
  readonly lostWords: string;
}

/** The clock of the process: what it showed at a moment, how far it is ahead, and how many hundredths its seconds last. */
interface OwnClock {
  readonly setAtMs: number;
  readonly shownMs: number;
  readonly skewMs: number;
  readonly pacePercent: number;
}

type Phase = 'acquiring' | 'leading' | 'releasing';

export interface LeaderElectionState {
  readonly settings: LeaderElectionSettings;
  readonly client: ApiClient;
  readonly recorder: EventRecorder;
  readonly candidate: Candidate;
  observed: Observed;
  phase: Phase;
  /** The try under way. */
  attempt: Attempt | undefined;
  /** Rounds of renewing so far, and when this one began: the deadline of an earlier one says nothing. */
  round: number;
  roundStartMs: number;
  clock: OwnClock;
}

/** Plain data; its requests are answered one after the other. */
interface Attempt {
  readonly journal: unknown[];
  requestId: number;
}

const TRY = 'try';
const DEADLINE = 'renew-deadline';
const NO_ANSWER = 'request-timeout';
const HEXADECIMAL = '0123456789abcdef';

/**
 * Elects which process of its kind leads, by a Lease: the first that takes it leads as long as it renews it; the others
 * look every few seconds, and one of them takes it once nobody has renewed it for as long as it lasts. A leader that cannot
 * renew it in time ends, with its whole process.
 * Source: staging/src/k8s.io/client-go/tools/leaderelection/leaderelection.go, 1.36.2; cmd/kube-scheduler/app/server.go
 * `Run` and cmd/kube-controller-manager/app/controllermanager.go `leaderElectAndRun`.
 */
export const leaderElection: ComponentDefinition<LeaderElectionState> = {
  kind: 'leader-election',
  start(context, settings) {
    const own = Object.freeze(settings as LeaderElectionSettings);
    const state: LeaderElectionState = {
      settings: own,
      client: apiClient(own.server, own.user, own.lease),
      recorder: eventRecorder(own.reportsAs),
      candidate: Object.freeze({
        identity: `${own.machine}_${uuid(context)}`,
        namespace: 'kube-system',
        name: own.lease,
        leaseSeconds: context.numbers.leaderElection.leaseDurationMs / 1000,
      }),
      observed: NOTHING_OBSERVED,
      phase: 'acquiring',
      attempt: undefined,
      round: 0,
      roundStartMs: 0,
      clock: REAL_TIME,
    };
    begin(state, context);
    return state;
  },
  handle(state, event, context) {
    if (event.type === 'timer') return timer(state, event.name, event.data, context);
    const { message } = event;
    if (message.type === 'response') answered(state, message, context);
    else if (message.type === 'call' && message.method === CLOCK) {
      const { skewMs, pacePercent } = message.parameters;
      const shownMs = shownBy(state.clock, context.nowMs);
      const pace = { skewMs: Number(skewMs), pacePercent: Number(pacePercent) };
      state.clock = Object.freeze({ setAtMs: context.nowMs, shownMs, ...pace });
    }
  },
};

const REAL_TIME: OwnClock = Object.freeze({ setAtMs: 0, shownMs: 0, skewMs: 0, pacePercent: 100 });

/** What a clock shows without its skew, in milliseconds of the run. */
function shownBy({ setAtMs, shownMs, pacePercent }: OwnClock, nowMs: number): number {
  return shownMs + Math.floor(((nowMs - setAtMs) * 100) / pacePercent);
}

/** Source: k8s.io/apimachinery/pkg/util/uuid. Each life has another. */
function uuid(context: Context): string {
  const hex = context.random.letters(`identity/${context.next('life')}`, HEXADECIMAL, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Timers of an election come for ever: they keep no cluster from having settled. */
function later(state: LeaderElectionState, delayMs: number, name: string, data: number, context: Context): void {
  const ownMs = Math.round((delayMs * state.clock.pacePercent) / 100);
  context.timer(ownMs, name, data, { periodic: true });
}

function timer(state: LeaderElectionState, name: string, data: unknown, context: Context): void {
  if (name === THROTTLED) return sendRequest(state.client, data as ApiRequest, context);
  if (name === TRY) {
    if (data === state.round) begin(state, context);
    return;
  }
  if (name === DEADLINE) {
    if (state.phase === 'leading' && data === state.round) lost(state, context);
    return;
  }
  const { attempt } = state;
  if (name !== NO_ANSWER || attempt === undefined || attempt.requestId !== data) return;
  const message = 'context deadline exceeded';
  goOn(state, attempt, { ok: false, code: 0, reason: '', message }, context);
}

/** Begins a try; a leader's first of a round sets the deadline of the round. */
function begin(state: LeaderElectionState, context: Context): void {
  if (state.attempt !== undefined) return;
  const attempt: Attempt = { journal: [], requestId: 0 };
  state.attempt = attempt;
  run(state, attempt, context);
}

function beginRound(state: LeaderElectionState, delayMs: number, context: Context): void {
  state.round++;
  state.roundStartMs = context.nowMs + Math.round((delayMs * state.clock.pacePercent) / 100);
  later(state, delayMs, TRY, state.round, context);
  later(state, delayMs + context.numbers.leaderElection.renewDeadlineMs, DEADLINE, state.round, context);
}

function answered(state: LeaderElectionState, message: ApiResponse, context: Context): void {
  if (isRecorderRequest(state.recorder, message.id)) return recorderAnswered(state.recorder, message);
  const { attempt } = state;
  if (attempt === undefined || attempt.requestId !== message.id || askedAgain(message, context)) return;
  goOn(state, attempt, resultOf(message), context);
}

function goOn(state: LeaderElectionState, attempt: Attempt, answer: ApiResult, context: Context): void {
  attempt.requestId = 0;
  attempt.journal.push(Object.freeze([answer]));
  run(state, attempt, context);
}

function run(state: LeaderElectionState, attempt: Attempt, context: Context): void {
  const flow = new FlowRun<ApiCall, ApiResult>(attempt);
  const api: ElectionApi = {
    call: (call) => flow.call(call),
    nowMs: () => flow.once(() => shownBy(state.clock, context.nowMs) + state.clock.skewMs),
  };
  const outcome = resumeFlow(flow, () => {
    if (state.phase !== 'releasing') return tryAcquireOrRenew(api, state.candidate, state.observed);
    release(api, state.candidate, state.observed);
    return undefined;
  });
  if (!outcome.done) {
    if (outcome.wait.type !== 'calls') return;
    attempt.requestId = sendCall(state.client, outcome.wait.calls[0]!, context);
    const { releaseTimeoutMs, requestTimeoutMs } = context.numbers.leaderElection;
    const patienceMs = state.phase === 'releasing' ? Math.min(releaseTimeoutMs, requestTimeoutMs) : requestTimeoutMs;
    return later(state, patienceMs, NO_ANSWER, attempt.requestId, context);
  }
  state.attempt = undefined;
  if (outcome.result === undefined) return exit(state, context);
  state.observed = outcome.result.observed;
  finish(state, outcome.result.succeeded, context);
}

/** A try is over. */
function finish(state: LeaderElectionState, succeeded: boolean, context: Context): void {
  const { retryPeriodMs, jitterPercent } = context.numbers.leaderElection;
  if (state.phase === 'acquiring') {
    if (!succeeded) {
      const most = Math.round((retryPeriodMs * jitterPercent) / 100);
      const jitterMs = context.random.integer(`retry/${context.next('retry')}`, 0, most);
      return later(state, retryPeriodMs + jitterMs, TRY, state.round, context);
    }
    state.phase = 'leading';
    tell(state, 'became leader', context);
    const message = { type: 'call', id: 0, method: LEAD, parameters: Object.freeze({}) } as const;
    for (const component of state.settings.tells) context.handOver(component, message);
    // Upstream renews at once what it has just taken.
    return beginRound(state, 0, context);
  }
  if (succeeded) return beginRound(state, retryPeriodMs, context);
  const passed = context.nowMs - state.roundStartMs;
  const period = Math.max(1, Math.round((retryPeriodMs * state.clock.pacePercent) / 100));
  context.timer(period - (passed % period), TRY, state.round, { periodic: true });
}

/** The deadline has passed: the process ends, and gives the Lease back before where it does so. */
function lost(state: LeaderElectionState, context: Context): void {
  tell(state, 'stopped leading', context);
  state.attempt = undefined;
  state.phase = 'releasing';
  if (state.settings.releases) begin(state, context);
  else exit(state, context);
}

/** Source: resourcelock/leaselock.go `RecordEvent`. */
function tell(state: LeaderElectionState, what: string, context: Context): void {
  const { observed, candidate, recorder, client } = state;
  if (observed.lease === undefined) return;
  const message = `${candidate.identity} ${what}`;
  recordEvent(recorder, client, { about: observed.lease, type: 'Normal', reason: 'LeaderElection', message }, context);
}

function exit({ settings }: LeaderElectionState, context: Context): void {
  const { process, keeper, lostWords } = settings;
  context.cause = context.note({ class: 'internal', verb: 'EXIT', object: process, detail: { message: lostWords } });
  context.handOver(keeper, { type: 'call', id: 0, method: EXITED, parameters: Object.freeze({ process }) });
  context.machinery.stopProcess(process, 'crash');
}

/** Whether the process of a component of this kind does what its leader does. For looking at a run, not for components. */
export function actsAsLeader(state: unknown): boolean {
  return (state as LeaderElectionState).phase === 'leading';
}

/** As whom a component of this kind holds its Lease. For looking at a run, not for components. */
export function identityOf(state: unknown): string {
  return (state as LeaderElectionState).candidate.identity;
}
