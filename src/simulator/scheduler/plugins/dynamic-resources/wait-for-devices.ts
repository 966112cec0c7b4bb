import { nameAt } from '../../../../base/json.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import type { Binding } from '../../plugin.ts';
import { bindingReadiness, isBindingTimedOut } from './binding-conditions.ts';
import { isInMemory } from './extended-resources.ts';
import { claimKey } from './pod-claims.ts';

const POLL_MS = 5000;

/** Waits until every device is ready: what went wrong, else. Source: dynamicresources.go `isPodReadyForBinding`, 1.36. */
export function waitForDevices(
  written: readonly KubernetesObject[],
  nodeName: string,
  binding: Binding,
  timeoutMs: number,
): string | undefined {
  binding.tell({
    type: 'Normal',
    reason: 'BindingConditionsPending',
    action: 'Scheduling',
    message: `waiting for binding conditions for device on node ${nodeName}`,
  });
  const endMs = binding.now() + timeoutMs;
  let claims = written;
  for (;;) {
    const state = readinessOfAll(claims, binding.now(), timeoutMs);
    if (state === 'ready') return undefined;
    if (typeof state === 'object') return state.problem;
    const leftMs = endMs - binding.now();
    if (leftMs <= 0) return 'device binding timeout: context deadline exceeded';
    binding.sleep(Math.min(POLL_MS, leftMs));
    if (binding.cancelled() !== undefined) return 'context canceled';
    const read = written.map((claim) => (isInMemory(claim) ? claim : binding.read('resourceclaims', claimKey(claim))));
    const missing = read.indexOf(undefined);
    if (missing >= 0)
      return `resourceclaim.resource.k8s.io "${nameAt(written[missing], 'metadata', 'name')}" not found`;
    claims = read.flatMap((claim) => claim ?? []);
  }
}

function readinessOfAll(
  claims: readonly KubernetesObject[],
  nowMs: number,
  timeoutMs: number,
): ReturnType<typeof bindingReadiness> {
  for (const claim of claims) {
    const state = bindingReadiness(claim);
    if (state === 'ready') continue;
    if (state === 'waiting' && isBindingTimedOut(claim, nowMs, timeoutMs))
      return { problem: `device binding timeout: claim=${nameAt(claim, 'metadata', 'name')}` };
    return state;
  }
  return 'ready';
}
