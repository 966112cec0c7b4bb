import type { JsonObject } from '../../base/json.ts';
import { nameAt, objectAt, stringAt } from '../../base/json.ts';
import type { CheckedPod, CheckVersion, PodSecurityCheck } from './check.ts';
import { fieldsOf, plural, quoted, settersOf, sorted } from './check.ts';

const TYPES_1_0 = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

/** SELinux confines containers as containers. Source: policy/check_seLinuxOptions.go, 1.36. */
export const seLinuxOptions: PodSecurityCheck = {
  id: 'seLinuxOptions',
  level: 'baseline',
  versions: [
    { since: 0, check: allowing(TYPES_1_0) },
    { since: 31, check: allowing([...TYPES_1_0, 'container_engine_t']) },
  ],
};

function allowing(allowed: readonly string[]): CheckVersion['check'] {
  return ({ securityContext, containers }: CheckedPod) => {
    const types = new Set<string>();
    let hasUser = false;
    let hasRole = false;
    const isBad = (context: JsonObject | undefined): boolean => {
      const options = objectAt(context, 'seLinuxOptions');
      const type = stringAt(options, 'type') ?? '';
      const [user, role] = [nameAt(options, 'user') !== undefined, nameAt(options, 'role') !== undefined];
      if (!allowed.includes(type)) types.add(type);
      hasUser ||= user;
      hasRole ||= role;
      return user || role || !allowed.includes(type);
    };
    const isPod = isBad(securityContext);
    const bad = containers.filter((container) => isBad(container.securityContext));
    if (!isPod && bad.length === 0) return undefined;
    const faults = [
      ...(types.size > 0 ? [`${plural('type', types.size)} ${quoted(sorted(types))}`] : []),
      ...(hasUser ? ['user may not be set'] : []),
      ...(hasRole ? ['role may not be set'] : []),
    ];
    return {
      reason: 'seLinuxOptions',
      detail: `${settersOf(isPod, bad)} set forbidden securityContext.seLinuxOptions: ${faults.join('; ')}`,
      fields: fieldsOf(isPod, bad, 'seLinuxOptions'),
    };
  };
}
