import { featureGates } from '../../simulator/release/feature-gates.ts';

export type { FeatureGate } from '../../simulator/release/feature-gates.ts';

/** The feature gates of the release that runs are simulated in, by name. */
export const GATES = featureGates();
