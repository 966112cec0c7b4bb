import { beforeEach, describe, expect, it } from 'vitest';
import {
  addStroke,
  eraseAll,
  eraseLast,
  eraseStroke,
  presenting,
  putEverythingDown,
  takeTool,
} from './presenting-state.ts';
import { strokePath, withPoint } from './stroke-path.ts';
import { transformOf } from './zoom-part.ts';

beforeEach(() => putEverythingDown());

describe('the pen', () => {
  const strokesOf = (picture: string) => presenting.getState().strokes.get(picture) ?? [];

  it('keeps what was drawn with its picture, and takes it back one by one', () => {
    addStroke('run/1', [{ x: 0, y: 0 }]);
    addStroke('run/1', [{ x: 0.5, y: 0.5 }]);
    addStroke('run/2', [{ x: 1, y: 1 }]);
    expect(strokesOf('run/1')).toHaveLength(2);
    eraseStroke('run/1', strokesOf('run/1')[0]!.id);
    expect(strokesOf('run/1').map(({ points }) => points)).toEqual([[{ x: 0.5, y: 0.5 }]]);
    eraseLast('run/1');
    expect(strokesOf('run/1')).toEqual([]);
    eraseAll('run/2');
    expect(strokesOf('run/2')).toEqual([]);
  });

  it('leaves out points that say nothing new, and draws from the first to the last', () => {
    const line = [0, 0.0001, 0.5, 1].reduce<readonly { x: number; y: number }[]>(
      (points, x) => withPoint(points, { x, y: 0 }),
      [],
    );
    expect(line.map(({ x }) => x)).toEqual([0, 0.5, 1]);
    expect(strokePath(line)).toBe('M 0 0 Q 0.5 0 0.75 0 L 1 0');
  });
});

it('puts a tool down that is taken again', () => {
  takeTool('pen');
  takeTool('light');
  expect(presenting.getState().tool).toBe('light');
  takeTool('light');
  expect(presenting.getState().tool).toBeUndefined();
});

describe('what is seen large', () => {
  it('comes to the middle', () =>
    expect(transformOf({ x: 0.4, y: 0.4, width: 0.2, height: 0.2 })).toBe(
      'translate(-125.00%, -125.00%) scale(3.500)',
    ));
  it('shows nothing beyond the edge of the picture', () =>
    expect(transformOf({ x: 0, y: 0, width: 0.35, height: 0.1 })).toBe('translate(0.00%, 0.00%) scale(2.000)'));
  it('is the whole picture where nothing is chosen', () => expect(transformOf(undefined)).toBeUndefined());
});
