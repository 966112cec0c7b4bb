import type { Path } from '../../base/json.ts';
import { nameAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { plural, quoted, sorted } from './check.ts';

/** Probes and hooks go to the Pod and nowhere else. Source: policy/check_hostProbesAndhostLifecycle.go, 1.36. */
export const hostProbesAndHostLifecycle: PodSecurityCheck = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  versions: [{ since: 34, check }],
};

const HANDLERS: readonly Path[] = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];
const ACTIONS = ['httpGet', 'tcpSocket'];

function check({ containers }: CheckedPod): Violation | undefined {
  const found = containers.flatMap(({ name, container, path }) =>
    HANDLERS.flatMap((handler) =>
      ACTIONS.flatMap((action) => {
        const host = nameAt(container, ...handler, action, 'host');
        return host === undefined ? [] : [{ name, host, path: [...path, ...handler, action, 'host'] }];
      }),
    ),
  );
  if (found.length === 0) return undefined;
  const bad = sorted(new Set(found.map(({ name }) => name)));
  const hosts = sorted(new Set(found.map(({ host }) => host)));
  const who = `${plural('container', bad.length)} ${quoted(bad)} ${bad.length === 1 ? 'uses' : 'use'}`;
  return {
    reason: 'probe or lifecycle host',
    detail: `${who} ${plural('probe or lifecycle host', hosts.length)} ${quoted(hosts)}`,
    fields: found.map((entry) => entry.path),
  };
}
