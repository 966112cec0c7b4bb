import { describe, expect, it } from 'vitest';
import { applyLines } from './apply-order.ts';

const definition = (name: string, bytes = 0) => ({
  file: 'all.yaml',
  object: {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: { x: 'x'.repeat(bytes) },
  },
});
const ship = { file: 'all.yaml', object: { apiVersion: 'x.io/v1', kind: 'Ship', metadata: { name: 'vasa' } } };

describe('what is applied when a run begins', () => {
  it('begins with definitions, and waits until they are served', () => {
    expect(applyLines([ship, definition('ships.x.io')]).map(({ line }) => line)).toEqual([
      'apply -f all.yaml',
      'wait --for=condition=Established --timeout=60s -f all.yaml',
      'apply -f all.yaml',
    ]);
  });

  it('leaves what is too large for kubectl’s record to server-side apply', () => {
    const lines = applyLines([definition('a.x.io'), definition('b.x.io', 262_144), definition('c.x.io')]);
    expect(lines.filter(({ line }) => line.startsWith('apply')).map(({ line, files }) => [line, files])).toEqual([
      ['apply -f all.yaml', { 'all.yaml': [definition('a.x.io').object] }],
      ['apply --server-side -f all.yaml', { 'all.yaml': [definition('b.x.io', 262_144).object] }],
      ['apply -f all.yaml', { 'all.yaml': [definition('c.x.io').object] }],
    ]);
  });
});
