import { stringAt } from '../../base/json.ts';
import type { TraceEntry } from '../../workspace/simulation/simulation.ts';

/** Fields of a request's detail that stand among its headers. */
export const IN_HEADERS: ReadonlySet<string> = new Set(['agent', 'patchType', 'accept', 'user']);

/** Source: staging/src/k8s.io/apimachinery/pkg/types/patch.go, 1.36. */
const PATCHES: Readonly<Record<string, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

/** Headers of a request that decide what becomes of it, and who it comes from. */
export function headersOf(
  { class: kind, detail, body }: TraceEntry,
  answer: TraceEntry | undefined,
): readonly (readonly [name: string, value: string])[] {
  const path = stringAt(detail, 'path');
  if (kind !== 'request' || path === undefined) return [];
  const [user, agent, accept] = ['user', 'agent', 'accept'].map((key) => stringAt(detail, key));
  const patch = PATCHES[stringAt(detail, 'patchType') ?? ''];
  const type = patch ?? (body === undefined ? undefined : 'application/json');
  const manager = new URLSearchParams(path.slice(path.indexOf('?') + 1)).get('fieldManager') ?? undefined;
  const all = [
    ['Authorization', user],
    ['User-Agent', agent],
    ['Accept', accept],
    ['Content-Type', type],
    ['fieldManager', manager],
    ['resourceVersion', answer?.resourceVersion],
  ] as const;
  return all.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value] as const]));
}
