import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Refusal } from '../field-edit.ts';
import { namespaceOrDefault } from './name-reference.ts';

/** The refusal of an arrow between namespaces, for references that cannot leave theirs. */
export function refuseOtherNamespace(source: KubernetesObject, target: KubernetesObject): Refusal | undefined {
  const params = { source: namespaceOrDefault(source), target: namespaceOrDefault(target) };
  return params.source === params.target ? undefined : { refused: 'connect.otherNamespace', params };
}

export const ALREADY: Refusal = { refused: 'connect.already' };
