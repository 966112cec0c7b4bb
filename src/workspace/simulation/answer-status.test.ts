import { expect, it } from 'vitest';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import { answerStatus } from './answer-status.ts';

it.each([
  ['GET', '200', undefined, '200', true],
  ['POST', '201', undefined, '201', true],
  ['GET', '404', undefined, '404', false],
  ['Txn', 'OK', undefined, 'OK', true],
  ['Range', 'Range', { key: '/registry/pods/' }, 'OK', true],
  ['Range', 'TIMEOUT', undefined, 'TIMEOUT', false],
  ['PATCH', 'CLOSED', { error: 'EOF' }, 'CLOSED', false],
  ['ContainerLogs', 'ContainerLogs', { code: 200 }, '200', true],
  ['ContainerLogs', 'ContainerLogs', { code: 0 }, '0', false],
])('%s answered by %s', (asked, verb, detail, text, isGood) => {
  const answer = { verb, detail } as unknown as TraceEntry;
  expect(answerStatus({ verb: asked }, answer)).toEqual({ text, isGood });
});
