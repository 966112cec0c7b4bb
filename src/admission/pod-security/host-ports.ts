import type { Path } from '../../base/json.ts';
import { arrayAt, numberAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { namesOf, plural, sorted } from './check.ts';

/** No port of the node is taken. Source: policy/check_hostPorts.go, 1.36. */
export const hostPorts: PodSecurityCheck = {
  id: 'hostPorts',
  level: 'baseline',
  versions: [{ since: 0, check }],
};

function check({ containers }: CheckedPod): Violation | undefined {
  const ports = new Set<string>();
  const fields: Path[] = [];
  const bad = containers.filter(({ container, path }) => {
    const before = fields.length;
    arrayAt(container, 'ports').forEach((port, index) => {
      const hostPort = numberAt(port, 'hostPort') ?? 0;
      if (hostPort === 0) return;
      ports.add(String(hostPort));
      fields.push([...path, 'ports', index, 'hostPort']);
    });
    return fields.length > before;
  });
  if (bad.length === 0) return undefined;
  const verb = bad.length === 1 ? 'uses' : 'use';
  const detail = `${namesOf(bad)} ${verb} ${plural('hostPort', ports.size)} ${sorted(ports).join(', ')}`;
  return { reason: 'hostPort', detail, fields };
}
