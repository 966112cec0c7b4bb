import type { NoteSentences } from '../ids.ts';

/** What is said of an import or export: what was lost, changed or taken away. */
export const interchange: NoteSentences = {
  'live.status': '{{object}}: what the cluster reports was taken away: {{fields}}',
  'live.metadata': '{{object}}: metadata that the server writes was taken away: {{fields}}',
  'live.marks': '{{object}}: marks of controllers and kubectl were taken away: {{fields}}',
  'live.allocated': '{{object}}: what the cluster chose was taken away: {{fields}}',
  'live.injected': '{{object}}: what admission put in was taken away: {{fields}}',
  'live.defaults': '{{object}}: defaults were taken away: {{fields}}',
  'live.madeBy': '{{object}} is made by {{owner}} and was left out.',
  'live.madeByCluster': '{{object}} is made by the cluster itself and was left out.',
  'live.ownerMissing':
    '{{object}} is made by {{owner}}, which is not in the input: it stands for itself, without its owner.',
};
