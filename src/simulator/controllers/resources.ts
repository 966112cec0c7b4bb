import type { ResourceName } from '../messages.ts';

/** Resources that controllers read and write, in the version that they use. */
export const PODS: ResourceName = { group: '', version: 'v1', plural: 'pods' };
export const REPLICA_SETS: ResourceName = { group: 'apps', version: 'v1', plural: 'replicasets' };
