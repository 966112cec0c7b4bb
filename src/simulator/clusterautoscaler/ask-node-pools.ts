import type { ReconcileContext } from '../controllers/controller.ts';
import type { PoolState } from './pool-provider.ts';
import { NODE_POOLS } from './pool-provider.ts';

/** Asks the cloud about its pools for a controller, `about`; the pools as it then has them, or why it refused. */
export function askNodePools(
  context: ReconcileContext,
  about: string,
  method: string,
  parameters: Readonly<Record<string, unknown>> = {},
): readonly PoolState[] | string {
  const answer = context.plugins.call({
    to: NODE_POOLS,
    class: 'internal',
    method,
    parameters,
    about,
    timeoutMs: context.numbers.cloud.callTimeoutMs,
  });
  return answer.ok ? (answer.result['pools'] as readonly PoolState[]) : answer.message;
}
