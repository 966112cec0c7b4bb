import { accessBy } from './access.ts';
import type { Lint } from './lint.ts';

/** A binding to a role that may create Pods, or what Pods come from. */
export const accessToCreatePods: Lint = {
  id: 'access-to-create-pods',
  group: 'access',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'access-to-create-pods',
  find: accessBy(
    (resource) => RESOURCES.includes(resource),
    (verb) => VERBS.includes(verb),
  ),
};

const RESOURCES = ['pods', 'deployments', 'statefulsets', 'replicasets', 'cronjob', 'jobs', 'daemonsets'];
const VERBS = ['create'];
