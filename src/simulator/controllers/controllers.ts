import type { Controller } from './controller.ts';
import { endpointSlice } from './endpointslice/endpointslice.ts';
import { nodeLifecycle } from './node-lifecycle.ts';
import { replicaSet } from './replicaset.ts';
import { serviceAccount } from './serviceaccount.ts';

/** The controllers of kube-controller-manager that are simulated, by name. */
export const CONTROLLERS: readonly Controller[] = [endpointSlice, nodeLifecycle, replicaSet, serviceAccount];
