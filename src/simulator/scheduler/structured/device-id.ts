/** `driver/pool/device`. Source: staging/src/k8s.io/dynamic-resource-allocation/structured/schedulerapi/types.go, 1.36. */
export function deviceIdOf(driver: string, pool: string, device: string): string {
  return `${driver}/${pool}/${device}`;
}
