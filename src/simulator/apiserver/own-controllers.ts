import type { Controller } from '../controllers/controller.ts';
import { addressRepair } from './allocation/repair-addresses.ts';
import { establishing } from './custom-resources/establishing.ts';
import { finalizing } from './custom-resources/finalizing.ts';
import { naming } from './custom-resources/naming.ts';

/** The control loops that run inside every kube-apiserver, by name. */
export const API_SERVER_CONTROLLERS: readonly Controller[] = [addressRepair, establishing, finalizing, naming];
