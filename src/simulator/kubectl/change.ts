import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiResult } from '../client/api-client.ts';
import type { RequestOptions } from '../messages.ts';
import type { Terminal } from './command.ts';
import type { Flags } from './flags.ts';
import { flag } from './flags.ts';
import type { Target } from './resources.ts';
import { callOf } from './resources.ts';

/** Changes one object with a patch, as most of kubectl's small commands do. */
export function patchObject(
  terminal: Terminal,
  flags: Flags,
  target: Target,
  patch: JsonObject | readonly JsonObject[],
  {
    fieldManager,
    patchType = 'strategic',
  }: { readonly fieldManager: string; readonly patchType?: NonNullable<RequestOptions['patchType']> },
): ApiResult {
  const body = patch as unknown as KubernetesObject;
  const isServerDry = flag(flags, 'dry-run') === 'server';
  const manager = flag(flags, 'field-manager') ?? fieldManager;
  return terminal.call({
    ...callOf('patch', target),
    body,
    options: { patchType, fieldManager: manager, ...(isServerDry ? { dryRun: true } : {}) },
  });
}
