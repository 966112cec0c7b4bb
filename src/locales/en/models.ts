import type { ModelWords } from '../ids.ts';

const words: ModelWords = {
  byHand: 'Kept by hand',
  byImage: 'Replaced by image',
  operator: 'Operator',
  builder: 'Build machine',
  registry: 'Registry',
  loadBalancer: 'Load balancer',
  distinct: '{{distinct}} different of {{count}}',
  healthy: 'healthy',
  unhealthy: 'health check failed',
  starting: 'starting…',
};

/** Lessons that are told from a model: their pictures, and what may be tried. */
export const models = {
  ...words,
  picture: 'Picture of the machines',
  side: 'The step, and what may be tried',
  try: 'What if…',
  refused: 'Cannot be done here: {{reason}}',
  numbers: 'Other numbers',
  simplified: 'What is simplified',
  tried: 'Tried beside the lesson',
  leaveBranch: 'Back to the lesson',
};
