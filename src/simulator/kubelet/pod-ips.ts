import { formatIp, parseIp } from '../../apimachinery/ip.ts';

/**
 * The addresses of a Pod as its status has them: the first of the Node's own family, then the first of the other.
 * Source: pkg/kubelet/kubelet_pods.go `sortPodIPs`, 1.36.
 */
export function sortPodIps(ips: readonly string[], nodeIp: string): readonly string[] {
  const primary = parseIp(nodeIp)?.family ?? 4;
  const parsed = ips.flatMap((ip) => parseIp(ip) ?? []);
  return [primary, 10 - primary].flatMap((family) => {
    const first = parsed.find((one) => one.family === family);
    return first === undefined ? [] : [formatIp(first)];
  });
}
