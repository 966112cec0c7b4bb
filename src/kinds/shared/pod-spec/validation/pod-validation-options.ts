/**
 * What a validation of a Pod spec lets pass because the object before the update had it too; nothing on create.
 * The feature gates are those of 1.36.
 * Source: pkg/apis/core/validation/validation.go `PodValidationOptions`, 1.36.
 */
export interface PodValidationOptions {
  /** The object is a Pod, not a workload with a template. */
  readonly resourceIsPod?: boolean;
  readonly allowInvalidPodDeletionCost?: boolean;
  readonly allowInvalidLabelValueInSelector?: boolean;
  readonly allowIndivisibleHugePagesValues?: boolean;
  readonly allowInvalidTopologySpreadConstraintLabelSelector?: boolean;
  readonly allowNonLocalProjectedTokenPath?: boolean;
  readonly allowNamespacedSysctlsForHostNetAndHostIpc?: boolean;
  readonly allowInvalidLabelValueInRequiredNodeAffinity?: boolean;
  readonly oldPodViolatesMatchLabelKeysValidation?: boolean;
  readonly allowExistingRestartContainerForNonSidecarInitContainer?: boolean;
  readonly allowUserNamespacesWithVolumeDevices?: boolean;
  readonly allowUserNamespacesHostNetworkSupport?: boolean;
  readonly allowTaintTolerationComparisonOperators?: boolean;
  readonly allowAnySELinuxChangePolicy?: boolean;
}

/** What a create asks for. */
export const STRICT: PodValidationOptions = {};
