import { arrayAt, stringAt } from '../../base/json.ts';
import type { CheckedPod, CheckVersion, PodSecurityCheck } from './check.ts';

const SAFE_1_0 = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const SAFE_1_27 = [...SAFE_1_0, 'net.ipv4.ip_local_reserved_ports'];
const SAFE_1_29 = [
  ...SAFE_1_27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const SAFE_1_32 = [...SAFE_1_29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

/** Kernel parameters that touch nobody but the Pod. Source: policy/check_sysctls.go, 1.36. */
export const sysctls: PodSecurityCheck = {
  id: 'sysctls',
  level: 'baseline',
  versions: [
    { since: 0, check: allowing(SAFE_1_0) },
    { since: 27, check: allowing(SAFE_1_27) },
    { since: 29, check: allowing(SAFE_1_29) },
    { since: 32, check: allowing(SAFE_1_32) },
  ],
};

function allowing(safe: readonly string[]): CheckVersion['check'] {
  return ({ securityContext }: CheckedPod) => {
    const bad = arrayAt(securityContext, 'sysctls')
      .map((sysctl, index) => ({ name: stringAt(sysctl, 'name') ?? '', index }))
      .filter(({ name }) => !safe.includes(name));
    if (bad.length === 0) return undefined;
    return {
      reason: 'forbidden sysctls',
      detail: bad.map(({ name }) => name).join(', '),
      fields: bad.map(({ index }) => ['spec', 'securityContext', 'sysctls', index, 'name']),
    };
  };
}
