import type { AdmissionPlugin } from './admission-plugin.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { priority } from './priority.ts';

/** Every plugin, in the order of `ALL_ORDERED_PLUGINS`, which `admissionChain` holds it to. */
export const PLUGINS: readonly AdmissionPlugin[] = [namespaceLifecycle, priority];
