import type { Policy } from './policy.ts';
import { NO_POLICY } from './policy.ts';

/**
 * What an administrator may say to the plugin of a server.
 * Source: staging/src/k8s.io/pod-security-admission/admission/api/types.go, 1.36.
 */
export interface PodSecurityConfiguration {
  readonly defaults: Policy;
  readonly exemptions: Exemptions;
  /** How many Pods of a namespace are looked through when its level rises. */
  readonly maxPodsToCheck: number;
}

export interface Exemptions {
  readonly usernames: readonly string[];
  readonly namespaces: readonly string[];
  readonly runtimeClasses: readonly string[];
}

export const NOT_CONFIGURED: PodSecurityConfiguration = {
  defaults: NO_POLICY,
  exemptions: { usernames: [], namespaces: [], runtimeClasses: [] },
  maxPodsToCheck: 3000,
};
