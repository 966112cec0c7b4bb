import { describe, expect, it } from 'vitest';
import { findItems } from './search-list.tsx';

const items = [
  { id: 'Deployment', label: 'Deployment', words: ['deploy', 'deployments', '工作负载'] },
  { id: 'DaemonSet', label: 'DaemonSet', words: ['ds'] },
  { id: 'Endpoints', label: 'Endpoints', words: ['ep'] },
];

describe('findItems', () => {
  it.each([
    ['', ['Deployment', 'DaemonSet', 'Endpoints']],
    ['ds', ['DaemonSet']],
    ['de', ['Deployment']],
    ['EP', ['Endpoints', 'Deployment']],
    ['工作', ['Deployment']],
    ['zzz', []],
  ])('%j finds %j', (text, found) => expect(findItems(items, text).map(({ id }) => id)).toEqual(found));
});
