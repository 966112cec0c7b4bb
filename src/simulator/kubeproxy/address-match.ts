import { cidrContains, parseCidr, parseIp, sameIp } from '../../apimachinery/ip.ts';

/** Whether an address is another one, or in a network. */
export function isIn(address: string, network: string): boolean {
  const ip = parseIp(address);
  if (ip === undefined) return false;
  if (!network.includes('/')) {
    const other = parseIp(network);
    return other !== undefined && sameIp(ip, other);
  }
  const cidr = parseCidr(network);
  return cidr !== undefined && cidrContains(cidr, ip);
}
