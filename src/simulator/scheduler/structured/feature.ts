/** What the allocator can do beside the plain search. Source: structured/internal/types.go `Features.Set`, 1.36. */
export type DeviceFeature =
  | 'DRAAdminAccess'
  | 'DRAConsumableCapacity'
  | 'DRADeviceBindingConditions+DRAResourceClaimDeviceStatus'
  | 'DRADeviceTaints'
  | 'DRAPartitionableDevices'
  | 'DRAPrioritizedList';

/**
 * The gates that are on by default.
 * Source: pkg/features/kube_features.go, 1.36.
 */
export const SCHEDULER_FEATURES: ReadonlySet<DeviceFeature> = new Set<DeviceFeature>([
  'DRAAdminAccess',
  'DRAConsumableCapacity',
  'DRADeviceBindingConditions+DRAResourceClaimDeviceStatus',
  'DRADeviceTaints',
  'DRAPartitionableDevices',
  'DRAPrioritizedList',
]);
