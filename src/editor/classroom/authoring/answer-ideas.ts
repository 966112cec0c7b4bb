import type { QUESTION_TYPES } from '../../../lessons/question.ts';

type QuestionType = (typeof QUESTION_TYPES)[number];

/** Answers that the simulator works out and nobody has to write in CEL; each has a name in the locales. */
export const ANSWER_IDEAS = [
  { id: 'pods', types: ['number', 'choice'], answer: 'size(pods)' },
  { id: 'readyPods', types: ['number', 'choice'], answer: 'size(readyPods)' },
  { id: 'pendingPods', types: ['number', 'choice'], answer: "size(pods.filter(p, p.status.phase == 'Pending'))" },
  {
    id: 'newPods',
    types: ['number', 'choice'],
    answer: 'size(pods.filter(p, !before.pods.exists(b, b.metadata.uid == p.metadata.uid)))',
  },
  { id: 'readyNodes', types: ['number', 'choice'], answer: 'size(readyNodes)' },
  {
    id: 'replicaSets',
    types: ['number', 'choice'],
    answer: 'size(replicasets)',
  },
  {
    id: 'restarts',
    types: ['number', 'choice'],
    answer:
      'size(pods.filter(p, has(p.status.containerStatuses) && p.status.containerStatuses.exists(c, c.restartCount > 0)))',
  },
  {
    id: 'goneNames',
    types: ['object'],
    answer: 'before.pods.filter(b, !pods.exists(p, p.metadata.uid == b.metadata.uid)).map(b, b.metadata.name)',
  },
  {
    id: 'newestNode',
    types: ['object'],
    answer: 'pods.filter(p, !before.pods.exists(b, b.metadata.uid == p.metadata.uid)).map(p, p.spec.nodeName)',
  },
  {
    id: 'notReadyNames',
    types: ['object'],
    answer: 'pods.filter(p, !readyPods.exists(r, r.metadata.uid == p.metadata.uid)).map(p, p.metadata.name)',
  },
  { id: 'allReady', types: ['truth'], answer: 'size(readyPods) == size(pods)' },
  {
    id: 'samePods',
    types: ['truth'],
    answer: 'pods.all(p, before.pods.exists(b, b.metadata.uid == p.metadata.uid))',
  },
  { id: 'sameCount', types: ['truth'], answer: 'size(pods) == size(before.pods)' },
] as const satisfies readonly {
  readonly id: string;
  readonly types: readonly QuestionType[];
  readonly answer: string;
}[];

/** Among which objects one is chosen. */
export const CHOSEN_FROM = {
  Node: 'nodes.map(n, n.metadata.name)',
  Pod: 'before.pods.map(p, p.metadata.name) + pods.filter(p, !before.pods.exists(b, b.metadata.uid == p.metadata.uid)).map(p, p.metadata.name)',
} as const;
