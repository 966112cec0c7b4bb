import type { ComponentId } from '../component.ts';
import type { FaultAct, FaultEffect } from './fault.ts';

/** The API servers that run; what runs inside them is left out. */
export function apiServersAmong(running: readonly ComponentId[]): readonly ComponentId[] {
  return running.filter((id) => id.startsWith('kube-apiserver-') && !id.includes('/'));
}

/** The same is done to every API server. */
export function apiServersDo(running: readonly ComponentId[], now: FaultAct, after: FaultAct): readonly FaultEffect[] {
  return apiServersAmong(running).map((component) => ({ type: 'do', component, now, after }));
}
