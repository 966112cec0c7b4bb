import { describe, expect, it } from 'vitest';
import { nearestWord } from './nearest-word.ts';

describe('the word that was meant', () => {
  it.each([
    ['always', ['Always', 'IfNotPresent', 'Never'], 'Always'],
    ['node-port', ['ClusterIP', 'NodePort'], 'NodePort'],
    ['replica', ['replicas', 'selector'], 'replicas'],
    ['imagePullPolcy', ['image', 'imagePullPolicy'], 'imagePullPolicy'],
    ['htpp', ['http', 'grpc'], 'http'],
    ['web', ['wed', 'api'], undefined],
    ['port-a', ['port-b', 'port-c'], undefined],
    ['http', ['http'], undefined],
    ['', ['a'], undefined],
  ] as const)('%s of %j is %s', (word, candidates, meant) => {
    expect(nearestWord(word, candidates)).toBe(meant);
  });
});
