import { isExtendedResourceName, isNativeResource } from '../../kinds/shared/validation/resource-names.ts';

export const REQUESTS_PREFIX = 'requests.';
/** An extended resource that stands for a device class without saying so. */
export const DEVICE_CLASS_PREFIX = 'deviceclass.resource.kubernetes.io/';

/** Source: staging/src/k8s.io/apiserver/pkg/quota/v1/generic/evaluator.go `ObjectCountQuotaResourceNameFor`, 1.36. */
export function objectCountName(resource: string): string {
  return `count/${resource}`;
}

/** Source: pkg/quota/v1/evaluator/core/pods.go `isExtendedResourceNameForQuota`, 1.36. */
export function isExtendedResourceForQuota(name: string): boolean {
  return (
    name.startsWith(REQUESTS_PREFIX) &&
    (!isNativeResource(name) || name.startsWith(REQUESTS_PREFIX + DEVICE_CLASS_PREFIX))
  );
}

/** Source: pkg/scheduler/util/utils.go `IsDRAExtendedResourceName`, 1.36. */
export function isDeviceOrExtendedResource(name: string): boolean {
  return isExtendedResourceName(name) || name.startsWith(DEVICE_CLASS_PREFIX);
}
