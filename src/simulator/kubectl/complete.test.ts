import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { completeLine } from './complete.ts';

const named = (apiVersion: string, kind: string, name: string, namespace?: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
});
const OBJECTS = [
  named('v1', 'Namespace', 'default'),
  named('v1', 'Namespace', 'shop'),
  named('v1', 'Node', 'w1'),
  named('v1', 'Node', 'w2'),
  named('v1', 'Pod', 'web-1', 'default'),
  named('v1', 'Pod', 'web-2', 'default'),
  named('v1', 'Pod', 'cart-1', 'shop'),
  named('apps/v1', 'Deployment', 'web', 'default'),
];

describe('completion of a line of kubectl', () => {
  it.each([
    ['ro', ['rollout']],
    ['rollout st', ['status']],
    ['rollout status ', ['daemonsets', 'deployments', 'statefulsets']],
    ['rollout undo deployment/', ['deployment/web']],
    ['get po', ['poddisruptionbudgets', 'pods', 'podtemplates']],
    ['get pods ', ['web-1', 'web-2']],
    ['get po web-1 ', ['web-2']],
    ['get pods -n ', ['default', 'shop']],
    ['get pods -n shop ', ['cart-1']],
    ['get pods -A ', ['cart-1', 'web-1', 'web-2']],
    ['get pods -o ', ['json', 'name', 'wide', 'yaml']],
    ['get pods --all', ['--all-namespaces']],
    ['get pods --output=y', ['--output=yaml']],
    ['logs web-', ['web-1', 'web-2']],
    ['drain ', ['w1', 'w2']],
    ['apply -f ', ['web.yaml']],
    ['apply w', []],
    ['create depl', ['deploy', 'deployment']],
  ])('%j', (line, expected) => {
    expect(completeLine(line, OBJECTS, ['web.yaml']).candidates).toEqual(expected);
  });

  it('says where the word begins', () => {
    expect(completeLine('get pods we', OBJECTS).from).toBe(9);
  });
});
