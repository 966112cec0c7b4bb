import { execFileSync } from 'node:child_process';

/** Whether kubectl is here; tests that need it run where it is. */
export const HAS_KUBECTL = has();

function has(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What `kubectl kustomize` prints; undefined where it refuses. */
export function kubectlKustomize(folder: string): string | undefined {
  try {
    return execFileSync('kubectl', ['kustomize', folder], {
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 << 20,
    }).toString();
  } catch {
    return undefined;
  }
}
