import type { FieldDifference, ObjectDifference } from '../../src/interchange/compare/comparison.ts';

export type DifferenceLine = Pick<ObjectDifference, 'id' | 'change'> & FieldDifference;

interface Choice {
  readonly reason: string;
  /** The case it belongs to; any where left out. */
  readonly only?: RegExp;
  isOne(line: DifferenceLine): boolean;
}

/** Where a conversion differs from kompose's on purpose, and why. */
const CHOICES: readonly Choice[] = [
  {
    reason: 'environment goes before env_file, as in Compose; kompose lets the file win and drops the entry',
    isOne: ({ id, field }) => id.startsWith('Pod/') && field.endsWith('.env'),
  },
  {
    reason: 'the ConfigMap of an env file has the label of the service, as its other objects have',
    isOne: ({ id, field }) => /^ConfigMap\/.*-?env$/.test(id) && field === 'metadata.labels.app',
  },
  {
    reason: 'volumes become claims; kompose was told to make empty volumes',
    only: /^change-in-volume\//,
    isOne: ({ id, field }) =>
      id === 'PersistentVolumeClaim/default/code-volume' || field.includes('[name=code-volume]'),
  },
  {
    reason: 'a headless Service needs no port; kompose makes up 55555',
    isOne: ({ id, field }) => id.startsWith('Service/') && field === 'spec.ports',
  },
  {
    reason:
      'a test that is one string runs in a shell, as the compose-spec says; kompose takes it for the name of a program, or parts it',
    only: /^healthcheck\//,
    isOne: ({ field }) => /\[name=redis\]\.(?:liveness|readiness)Probe\.exec\.command$/.test(field),
  },
  {
    reason: 'a Service keeps the name by which others call it; kompose appends the protocol',
    only: /^external-traffic-policy\//,
    isOne: ({ id, change }) => id === 'Service/default/front-end' && change === 'renamed',
  },
  {
    reason: 'an env file sees the variables of .env and none of the service, as in Compose',
    only: /^envfile-interpolation\//,
    isOne: ({ id, field }) => id === 'ConfigMap/default/env' && field.startsWith('data.'),
  },
  {
    reason: 'Recreate only where a claim makes the new Pod wait for the old one; kompose takes it for every volume',
    isOne: ({ field }) => field.startsWith('spec.strategy.'),
  },
  {
    reason: 'a label that was understood is not repeated',
    isOne: ({ field }) => field.startsWith('metadata.labels["kompose.'),
  },
  {
    reason: 'a binary file is encoded once; kompose encodes it twice (the file is not in the corpus)',
    only: /^configmap-volume\//,
    isOne: ({ field }) => field === 'binaryData["configs.tar"]',
  },
  {
    reason: 'an annotation of kompose about its own work is left out',
    isOne: ({ id, field }) => id.startsWith('ConfigMap/') && field.startsWith('metadata.annotations'),
  },
];

export function choiceFor(name: string, line: DifferenceLine): string | undefined {
  return CHOICES.find(({ only, isOne }) => (only === undefined || only.test(name)) && isOne(line))?.reason;
}
