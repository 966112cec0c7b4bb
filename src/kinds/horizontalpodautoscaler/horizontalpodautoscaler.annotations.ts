const PREFIX = 'autoscaling.alpha.kubernetes.io/';
export const METRICS = `${PREFIX}metrics`;
export const BEHAVIOR = `${PREFIX}behavior`;

/** Where version 1 keeps what it has no fields for; dropped at every write. Source: pkg/apis/autoscaling, 1.36. */
export const ROUND_TRIP_ANNOTATIONS: ReadonlySet<string> = new Set([
  METRICS,
  BEHAVIOR,
  `${PREFIX}scale-down-tolerance`,
  `${PREFIX}scale-up-tolerance`,
  `${PREFIX}current-metrics`,
  `${PREFIX}conditions`,
]);
