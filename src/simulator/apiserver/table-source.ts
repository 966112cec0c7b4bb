import type { ApiRequest } from '../messages.ts';
import { definitionOf } from './custom-resources/known-kinds.ts';
import type { ServedResource } from './served-resources.ts';
import type { ApiServerState } from './state.ts';
import type { TableSource } from './table.ts';

/** Of what the table that a request wants is made. */
export function tableSourceOf(
  state: ApiServerState,
  { resource: { version }, options }: ApiRequest,
  resource: ServedResource,
): Omit<TableSource, 'nowMs'> {
  const { group, kind } = resource;
  const { includeObject } = options ?? {};
  const shown = includeObject === undefined ? {} : { includeObject };
  return { kind: { group, kind }, definition: definitionOf(state, resource), version, ...shown };
}
