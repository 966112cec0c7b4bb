/** What the legend explains, in its order. */
export const CATEGORIES = ['workload', 'network', 'config', 'storage', 'access', 'cluster', 'custom'] as const;
export const LINES = ['reference', 'selector', 'owner', 'traffic'] as const;
