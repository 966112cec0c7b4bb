import { base32, sha256 } from '../../../base/sha256.ts';
import { hostOf } from '../trace-packet.ts';
import type { ServicePort } from '../service-port.ts';

/** Source: pkg/proxy/nftables/proxier.go `chainNamePrefixLengthMax`, and `NameLengthMax` of sigs.k8s.io/knftables, 1.36. */
const BASE_LENGTH_MAX = 256 - 16;

/** Its hash before a name tells two apart that begin alike. Source: pkg/proxy/nftables/proxier.go `hashAndTruncate`, 1.36. */
function hashedAndCut(name: string): string {
  const full = `${base32(sha256(name), 8)}-${name}`;
  return full.length > BASE_LENGTH_MAX ? `${full.slice(0, BASE_LENGTH_MAX - 3)}...` : full;
}

type NamedPort = Pick<ServicePort, 'service' | 'portName' | 'protocol'>;

/** `ULMVA6XW-ns1/svc1/tcp/p80`. Source: pkg/proxy/nftables/proxier.go `servicePortChainNameBase`, 1.36. */
export function portChainName({ service, protocol, portName }: NamedPort): string {
  return hashedAndCut(`${service}/${protocol}/${portName}`);
}

/** `5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80`. Source: same file, `servicePortEndpointChainNameBase`. */
export function endpointChainName({ service, protocol, portName }: NamedPort, address: string): string {
  const ip = hostOf(address).replaceAll(':', '.');
  const port = address.slice(address.lastIndexOf(':') + 1);
  return hashedAndCut(`${service}/${protocol}/${portName}__${ip}/${port}`);
}
