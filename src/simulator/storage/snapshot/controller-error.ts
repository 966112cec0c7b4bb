/** Words of a write that failed. Source: pkg/common-controller/snapshot_controller.go `newControllerUpdateError`, v8.6.0. */
export function updateFailed(name: string, message: string): string {
  return `snapshot controller failed to update ${name} on API server: ${message}`;
}
