import type { Controller } from './controller.ts';
import { replicaSet } from './replicaset.ts';

/** The controllers of kube-controller-manager that are simulated, by name. */
export const CONTROLLERS: readonly Controller[] = [replicaSet];
