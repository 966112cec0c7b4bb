/** Limits of what expressions may cost at run time, in units. Source: staging/src/k8s.io/apiserver/pkg/apis/cel/config.go, 1.36. */
export const PER_CALL_LIMIT = 1_000_000;
/** All expressions of a custom resource, or of one binding of a policy. */
export const RUNTIME_COST_BUDGET = 10_000_000;
/** All match conditions of one policy or webhook. */
export const MATCH_CONDITIONS_COST_BUDGET = 2_500_000;
/** Bytes that a message of an expression may have. */
export const MAX_MESSAGE_BYTES = 5 * 1024;
