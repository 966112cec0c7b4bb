/**
 * Paths of a Pod that a variable can be taken from, in the order in which the server lists them.
 * Source: pkg/apis/core/validation/validation.go `validEnvDownwardAPIFieldPathExpressions`, 1.36.
 */
export const ENV_FIELD_PATHS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
] as const;
