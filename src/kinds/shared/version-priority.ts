import { compareStrings } from '../../base/compare.ts';

const KUBERNETES_VERSION = /^v([1-9][0-9]*)(?:(alpha|beta)([1-9][0-9]*))?$/;
const STABILITY = { alpha: 1, beta: 2, stable: 3 } as const;

/**
 * Orders API versions as discovery does, the preferred one first: stable before beta before alpha, higher numbers
 * first, and names of no such form last, by alphabet.
 * Source: `CompareKubeAwareVersionStrings`, staging/src/k8s.io/apimachinery/pkg/version/helpers.go, 1.36.
 */
export function compareVersions(a: string, b: string): number {
  const left = read(a);
  const right = read(b);
  if (!left || !right) return left ? -1 : right ? 1 : compareStrings(a, b);
  return right.stability - left.stability || right.major - left.major || right.minor - left.minor;
}

function read(version: string) {
  const match = KUBERNETES_VERSION.exec(version);
  if (!match) return undefined;
  const stability = STABILITY[(match[2] as 'alpha' | 'beta' | undefined) ?? 'stable'];
  return { major: Number(match[1]), stability, minor: Number(match[3] ?? 0) };
}
