import type { JsonValue } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import type { KillReason } from './restart.ts';

export interface ContainerToKill {
  readonly name: string;
  readonly message: string;
  readonly reason: KillReason;
}

/** Only image and name count. Source: pkg/kubelet/container/helpers.go `HashContainer`, 1.36. */
export function isDefinitionChanged(container: JsonValue, { image }: RuntimeContainer): boolean {
  return stringAt(container, 'image') !== image;
}

export function killUnknown({ name, state }: RuntimeContainer, what: 'Container' | 'Init container'): ContainerToKill {
  return { name, message: `${what} is in "${state}" state, try killing it before restart`, reason: 'Unknown' };
}
