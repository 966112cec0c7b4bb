import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ComponentId } from '../component.ts';
import type { CallMessage } from '../messages.ts';
import type { Server } from './state.ts';

/** Method of a balancer's check. */
export const HEALTH_CHECK = 'GET /healthz';

const PATHS = ['/healthz', '/livez', '/readyz'];

/** What is looked at, of what a simulated server has. Source: staging/src/k8s.io/apiserver/pkg/server/healthz, 1.36. */
const CHECKS = ['ping', 'log', 'etcd'];

/** The body of an answer that is text: no kind of the API. */
export function textBody(text: string): KubernetesObject {
  return Object.freeze({ apiVersion: 'v1', kind: 'Stream', text, exitCode: 0 });
}

/**
 * What a server that answers at all says of its health: `ok`, or each check where `?verbose` is asked for.
 * Source: staging/src/k8s.io/apiserver/pkg/server/healthz/healthz.go `handleRootHealth`, 1.36.
 */
export function healthOf(path: string): KubernetesObject | undefined {
  const [name = '', query = ''] = path.split('?');
  const root = PATHS.find((known) => name === known || name.startsWith(`${known}/`));
  if (root === undefined) return undefined;
  const check = name.slice(root.length + 1);
  if (check !== '') return CHECKS.includes(check) ? textBody('ok') : undefined;
  if (!new URLSearchParams(query).has('verbose')) return textBody('ok');
  const lines = CHECKS.map((one) => `[+]${one} ok\n`).join('');
  return textBody(`${lines}${root.slice(1)} check passed\n`);
}

/**
 * How long the check of etcd waits for it.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/storagebackend/config.go `DefaultHealthcheckTimeout`, 1.36.
 */
const ETCD_CHECK_MS = 2000;

/** A balancer asks how the server is: it does not serve yet, or etcd leaves it waiting, or all is well. */
export function probed({ state, context }: Server, from: ComponentId, { id, method }: CallMessage): void {
  const waitsMs = Math.max(
    0,
    ...[...state.pending.values()].map(({ askedMs }) => context.nowMs - (askedMs ?? context.nowMs)),
  );
  const ok = state.isReady && waitsMs < ETCD_CHECK_MS;
  context.send(
    from,
    { type: 'answer', id, method, ok, result: Object.freeze({}) },
    { class: 'probe', verb: ok ? '200' : '500', opener: from },
  );
}
