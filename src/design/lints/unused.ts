import { nameOf } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import type { DesignRecord } from '../design.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Objects of a core kind that nothing points at, in a design that has something to use them. */
export function unused(kind: string): Lint['find'] {
  return perObject(kind, ['v1'], (record, context) =>
    isOfTheCluster(record) || context.graph.incoming(record.id).length > 0 || !context.hasWorkloads()
      ? NO_SPOTS
      : [{ at: [] }],
  );
}

/** Made and used by the cluster itself, or by a tool that keeps its own state. */
function isOfTheCluster({ object }: DesignRecord): boolean {
  const [name, type] = [nameOf(object), stringAt(object, 'type') ?? ''];
  return (
    name === 'default' ||
    name === 'kube-root-ca.crt' ||
    /^(?:kubernetes\.io\/service-account-token|helm\.sh\/|bootstrap\.kubernetes\.io\/)/.test(type)
  );
}
