import { base32, sha256 } from '../../base/sha256.ts';

const HASH_LENGTH = 16;

function hashed(text: string): string {
  return base32(sha256(text), HASH_LENGTH);
}

/** Names of the chains of one port of a Service. Source: pkg/proxy/iptables/proxier.go `portProtoHash`, 1.36. */
export interface PortChains {
  /** Endpoints of policy `Cluster`, and of policy `Local`. */
  readonly cluster: string;
  readonly local: string;
  /** What comes from outside, and the source ranges of a load balancer. */
  readonly external: string;
  readonly firewall: string;
}

export function portChains(port: { readonly name: string; readonly protocol: string }): PortChains {
  const hash = hashed(port.name + port.protocol);
  return {
    cluster: `KUBE-SVC-${hash}`,
    local: `KUBE-SVL-${hash}`,
    external: `KUBE-EXT-${hash}`,
    firewall: `KUBE-FW-${hash}`,
  };
}

/** Source: pkg/proxy/iptables/proxier.go `servicePortEndpointChainName`, 1.36. */
export function endpointChain(port: { readonly name: string; readonly protocol: string }, address: string): string {
  return `KUBE-SEP-${hashed(port.name + port.protocol + address)}`;
}
