import type { FaultDefinition } from './fault.ts';

/** A client asks far more of the API servers than its share: priority and fairness refuse what is too much. */
export const apiOverload: FaultDefinition = {
  name: 'api-overload',
  target: 'cluster',
  parameters: [
    { name: 'requests', default: '1000' },
    { name: 'user', default: 'system:serviceaccount:kube-system:generic-garbage-collector' },
  ],
  effects(_target, { requests = '', user = '' }, running, _pod, { server }) {
    const id = `flood-${running.filter((one) => one.startsWith('flood-')).length + 1}`;
    const settings = { server, user, requests: Math.max(1, Math.min(MOST, Number(requests) || 0)) };
    return [{ type: 'add', place: { id, kind: 'flood', process: id, machine: 'laptop' }, settings }];
  },
};

const MOST = 5000;
