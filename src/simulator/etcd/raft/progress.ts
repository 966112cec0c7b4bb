/**
 * What a leader knows of a member. Mutable plain data.
 * Source: github.com/etcd-io/raft v3.6.0, tracker/progress.go and tracker/inflights.go.
 */
export interface Progress {
  /** Up to here the member's log is known to be the leader's. */
  match: number;
  /** What is sent next. */
  next: number;
  sentCommit: number;
  state: 'StateProbe' | 'StateReplicate' | 'StateSnapshot';
  pendingSnapshot: number;
  recentActive: boolean;
  /** Nothing is sent before something is heard. */
  isPaused: boolean;
  /** Last indexes of the messages that are not answered, oldest first. */
  inflights: number[];
  readonly isLearner: boolean;
}

export function progressAt(next: number, match: number, isLearner: boolean): Progress {
  return {
    match,
    next,
    sentCommit: 0,
    state: 'StateProbe',
    pendingSnapshot: 0,
    recentActive: false,
    isPaused: false,
    inflights: [],
    isLearner,
  };
}

function resetState(progress: Progress, state: Progress['state']): void {
  progress.isPaused = false;
  progress.pendingSnapshot = 0;
  progress.state = state;
  progress.inflights = [];
}

export function becomeProbe(progress: Progress): void {
  const { state, pendingSnapshot, match } = progress;
  resetState(progress, 'StateProbe');
  progress.next = state === 'StateSnapshot' ? Math.max(match, pendingSnapshot) + 1 : match + 1;
  progress.sentCommit = Math.min(progress.sentCommit, progress.next - 1);
}

export function becomeReplicate(progress: Progress): void {
  resetState(progress, 'StateReplicate');
  progress.next = progress.match + 1;
}

export function becomeSnapshot(progress: Progress, index: number): void {
  resetState(progress, 'StateSnapshot');
  progress.pendingSnapshot = index;
  progress.next = index + 1;
  progress.sentCommit = index;
}

export function sentEntries(progress: Progress, count: number, maxInflight: number): void {
  if (progress.state === 'StateProbe') {
    if (count > 0) progress.isPaused = true;
    return;
  }
  if (count > 0) {
    progress.next += count;
    progress.inflights.push(progress.next - 1);
  }
  progress.isPaused = progress.inflights.length >= maxInflight;
}

export function freeInflights(progress: Progress, index: number): void {
  progress.inflights = progress.inflights.filter((last) => last > index);
}

export function canBumpCommit({ sentCommit, next }: Progress, index: number): boolean {
  return index > sentCommit && sentCommit < next - 1;
}

/** The member has everything up to an index; false where that is no news. */
export function maybeUpdate(progress: Progress, index: number): boolean {
  if (index <= progress.match) return false;
  progress.match = index;
  progress.next = Math.max(progress.next, index + 1);
  progress.isPaused = false;
  return true;
}

/** The member has refused; false where that is an old message. */
export function maybeDecrement(progress: Progress, rejected: number, hint: number): boolean {
  if (progress.state === 'StateReplicate') {
    if (rejected <= progress.match) return false;
    progress.next = progress.match + 1;
    progress.sentCommit = Math.min(progress.sentCommit, progress.next - 1);
    return true;
  }
  if (progress.next - 1 !== rejected) return false;
  progress.next = Math.max(Math.min(rejected, hint + 1), progress.match + 1);
  progress.sentCommit = Math.min(progress.sentCommit, progress.next - 1);
  progress.isPaused = false;
  return true;
}

export function isPaused({ state, isPaused: paused }: Progress): boolean {
  return state === 'StateSnapshot' || paused;
}

/** As the library prints it. */
export function describeProgress(progress: Progress, maxInflight: number): string {
  const { state, match, next, isLearner, pendingSnapshot, recentActive, inflights } = progress;
  const count = inflights.length;
  return [
    `${state} match=${match} next=${next}`,
    ...(isLearner ? ['learner'] : []),
    ...(isPaused(progress) ? ['paused'] : []),
    ...(pendingSnapshot > 0 ? [`pendingSnap=${pendingSnapshot}`] : []),
    ...(recentActive ? [] : ['inactive']),
    ...(count > 0 ? [`inflight=${count}${count >= maxInflight ? '[full]' : ''}`] : []),
  ].join(' ');
}
