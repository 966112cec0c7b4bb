import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';

export const SERVICE_NAME = 'kubernetes.io/service-name';
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const HEADLESS = 'service.kubernetes.io/headless';
const RESERVED: ReadonlySet<string> = new Set([SERVICE_NAME, MANAGED_BY, HEADLESS]);
export const CONTROLLER = 'endpointslice-controller.k8s.io';

/**
 * Labels of a slice: those of its Service, and three of its own.
 * Source: staging/src/k8s.io/endpointslice/utils.go `setEndpointSliceLabels`, 1.36.
 */
export function sliceLabels(service: KubernetesObject): Readonly<Record<string, string>> {
  const own = [...labelsOf(service)].filter(([key]) => !RESERVED.has(key));
  const address = stringAt(service, 'spec', 'clusterIP') ?? '';
  return {
    ...Object.fromEntries(own),
    ...(address === '' || address === 'None' ? { [HEADLESS]: '' } : {}),
    [SERVICE_NAME]: nameOf(service),
    [MANAGED_BY]: CONTROLLER,
  };
}

/** Whether the labels that come from the Service differ. */
export function labelsChanged(slice: KubernetesObject, service: KubernetesObject): boolean {
  const [mine, theirs] = [slice, service].map((object) => [...labelsOf(object)].filter(([key]) => !RESERVED.has(key)));
  const wanted = new Map(theirs);
  return mine!.length !== wanted.size || mine!.some(([key, value]) => wanted.get(key) !== value);
}
