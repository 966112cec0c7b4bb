import type { ComponentId, Context } from '../component.ts';
import type { CallMessage } from '../messages.ts';
import { propose } from './propose.ts';
import { isHealthyToAdd, isHealthyToRemove } from './connected.ts';
import type { MemberState } from './member-state.ts';
import type { KnownMember } from './membership-rules.ts';
import { isReadyToAddVoter, isReadyToPromote, isReadyToRemoveVoter } from './membership-rules.ts';
import { lastIndex } from './raft/log.ts';
import type { ConfChange } from './raft/conf-change.ts';
import { applyConfChange } from './raft/conf-change.ts';

/** Method with which a member is asked to change who is one. */
export const MEMBER = 'member';

/** At most one learner at a time, which must have this part of the leader's log. Source: server/etcdserver/server.go, 3.6.8. */
const MOST_LEARNERS = 1;
const READY_PERCENT = 0.9;

/**
 * Somebody asks to add a member, to make a voter of a learner, or to remove one; the leader judges it, and the group agrees.
 * Source: server/etcdserver/server.go `AddMember`, `PromoteMember`, `RemoveMember`, 3.6.8; words of api/v3rpc/rpctypes/error.go.
 */
export function changeMembers(state: MemberState, from: ComponentId, call: CallMessage, context: Context): void {
  const { raft, members } = state;
  const leader = members[raft.lead - 1];
  // Members hand it on to whoever leads them.
  if (leader !== undefined && leader !== context.self) {
    const parameters = Object.freeze({ ...call.parameters, asker: call.parameters['asker'] ?? from });
    const detail = { class: 'raft', verb: 'forward', detail: { to: leader } } as const;
    return void context.send(leader, { ...call, parameters }, detail);
  }
  const asker = String(call.parameters['asker'] ?? from);
  const wanted = leader === undefined ? 'etcdserver: no leader' : judged(state, call.parameters, context.nowMs);
  const answer = (ok: boolean, result: Readonly<Record<string, unknown>>): void => {
    const detail = { class: 'response', verb: ok ? 'OK' : 'REFUSED', opener: asker, detail: result } as const;
    context.send(asker, { type: 'answer', id: call.id, method: MEMBER, ok, result: Object.freeze(result) }, detail);
  };
  if (typeof wanted === 'string') return answer(false, { error: wanted });
  propose(state, { type: 'member', change: wanted });
  answer(true, { text: `Member ${wanted.component} ${DONE[wanted.type]} in cluster` });
}

const DONE = { add: 'added', 'add-learner': 'added', remove: 'removed', update: 'updated' } as const;

const NOT_STARTED = 'etcdserver: re-configuration failed due to not enough started members';

const UNHEALTHY = 'etcdserver: unhealthy cluster';

/** A member has begun once it has told the leader of its log. */
function knownMembers({ raft }: MemberState): readonly KnownMember[] {
  const { id: own, learners } = raft.config;
  return [...raft.progress].map(([id, { match }]) => ({
    id,
    isLearner: learners.includes(id),
    isStarted: id === own || match > 0,
  }));
}

/** The change that is proposed, or why not. */
function judged(
  state: MemberState,
  { verb, name, isLearner }: Readonly<Record<string, unknown>>,
  nowMs: number,
): (ConfChange & { readonly component: ComponentId }) | string {
  const { raft, members } = state;
  const known = knownMembers(state);
  const component = String(name);
  const id = members.indexOf(component) + 1;
  const { voters, learners } = raft.config;
  const isMember = voters.includes(id) || learners.includes(id);
  if (verb === 'add') {
    if (isLearner !== true && !isReadyToAddVoter(known)) return NOT_STARTED;
    if (!isHealthyToAdd(state, nowMs)) return UNHEALTHY;
    if (isMember) return 'etcdserver: member name already exists';
    if (isLearner === true && learners.length >= MOST_LEARNERS)
      return 'etcdserver: too many learner members in cluster';
    return { type: isLearner === true ? 'add-learner' : 'add', id: id === 0 ? members.length + 1 : id, component };
  }
  if (!isMember) return 'etcdserver: member not found';
  if (verb === 'remove') {
    if (voters.includes(id)) {
      if (!isReadyToRemoveVoter(known, id)) return NOT_STARTED;
      if (!isHealthyToRemove(state, id, nowMs)) return UNHEALTHY;
    }
    return { type: 'remove', id, component };
  }
  if (!learners.includes(id)) return 'etcdserver: can only promote a learner member';
  const match = raft.progress.get(id)?.match ?? 0;
  if (match < lastIndex(raft.log) * READY_PERCENT)
    return 'etcdserver: can only promote a learner member which is in sync with leader';
  if (!isReadyToPromote(known)) return NOT_STARTED;
  return { type: 'add', id, component };
}

/** The group has agreed: everybody counts anew; a new member begins, and one that is removed ends. */
export function membersChanged(
  state: MemberState,
  { component, ...change }: ConfChange & { readonly component: ComponentId },
  context: Context,
): void {
  const { raft, members, settings } = state;
  applyConfChange(raft, change);
  if (change.type === 'remove') {
    if (component === context.self) context.machinery.stopProcess(component, 'crash');
    return;
  }
  members[change.id - 1] = component;
  if (raft.lead !== raft.config.id || context.machinery.processOf(component) !== undefined) return;
  const begins = { ...settings, members: [...members], joins: true };
  const machine = component;
  context.machinery.add({ id: component, kind: 'etcd-member', process: component, machine }, begins);
}
