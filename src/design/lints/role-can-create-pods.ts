import { names, perRule } from './access.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS } from './spots.ts';

/** Roles that may create Pods, or what Pods come from. */
export const roleCanCreatePods: Lint = {
  id: 'role-can-create-pods',
  group: 'access',
  severity: 'info',
  defaultOn: true,
  find: perRule(({ rule, at }) => {
    const resource = MAKERS.find(([group, name]) => names(rule, 'apiGroups', group) && names(rule, 'resources', name));
    return resource && names(rule, 'verbs', 'create') ? [{ at, params: { resource: resource[1] } }] : NO_SPOTS;
  }),
};

const MAKERS = [
  ['', 'pods'],
  ['', 'replicationcontrollers'],
  ['apps', 'deployments'],
  ['apps', 'statefulsets'],
  ['apps', 'daemonsets'],
  ['apps', 'replicasets'],
  ['batch', 'jobs'],
  ['batch', 'cronjobs'],
] as const;
