import { arrayAt, booleanAt, stringAt } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import { hostMounts } from '../host-mounts.ts';
import { serviceAccountOf } from '../service-account.ts';
import { NO_SPOTS, perPod } from '../spots.ts';
import type { Spot } from '../spots.ts';
import { matchOf, matchesOf, stringsOf } from './parameters.ts';
import type { LintTemplate } from './template.ts';

const WORKLOADS = ['DeploymentLike'];

export const serviceAccounts: LintTemplate = {
  key: 'service-account',
  kinds: WORKLOADS,
  parameters: { serviceAccount: { type: 'pattern', isRequired: true } },
  find({ serviceAccount }) {
    const matches = matchOf(serviceAccount);
    return perPod(({ spec }) => {
      if (booleanAt(spec, 'automountServiceAccountToken') === false) return NO_SPOTS;
      const name = serviceAccountOf(spec);
      return matches(name) ? [{ at: ['serviceAccountName'], params: { name } }] : NO_SPOTS;
    });
  },
};

export const hostDirectories: LintTemplate = {
  key: 'host-mounts',
  kinds: WORKLOADS,
  parameters: { dirs: { type: 'patterns' } },
  find: ({ dirs }) => hostMounts(matchesOf(dirs).map((test) => ({ test }))),
};

/** Kernel parameters of a Pod that begin so. */
export function sysctlsOf(spec: JsonObject, prefixes: readonly string[]): readonly Spot[] {
  return arrayAt(spec, 'securityContext', 'sysctls').flatMap((entry, index) => {
    const name = stringAt(entry, 'name') ?? '';
    return prefixes
      .filter((prefix) => name.startsWith(prefix))
      .map(() => ({ at: ['securityContext', 'sysctls', index, 'name'], params: { name } }));
  });
}

export const sysctls: LintTemplate = {
  key: 'unsafe-sysctls',
  kinds: WORKLOADS,
  parameters: { unsafeSysCtls: { type: 'strings' } },
  find: ({ unsafeSysCtls }) => perPod(({ spec }) => sysctlsOf(spec, stringsOf(unsafeSysCtls))),
};

/** The options of the resolver of a Pod, where the one that is wanted is not among them. */
export function withoutResolverOption(spec: JsonObject, key: string, value: string): readonly Spot[] {
  const isSet = arrayAt(spec, 'dnsConfig', 'options').some(
    (option) => stringAt(option, 'name') === key && stringAt(option, 'value') === value,
  );
  return isSet ? NO_SPOTS : [{ at: ['dnsConfig', 'options'], params: { option: `${key}:${value}` } }];
}

export const resolverOptions: LintTemplate = {
  key: 'dnsconfig-options',
  kinds: WORKLOADS,
  parameters: { key: { type: 'string' }, value: { type: 'string' } },
  find: ({ key = '', value = '' }) => perPod(({ spec }) => withoutResolverOption(spec, String(key), String(value))),
};

/** The priority class of a Pod, where it is not one that is taken. */
export function otherPriorityClass(spec: JsonObject, accepted: readonly string[]): readonly Spot[] {
  const name = stringAt(spec, 'priorityClassName') ?? '';
  return name.trim() === '' || accepted.includes(name) ? NO_SPOTS : [{ at: ['priorityClassName'], params: { name } }];
}

export const priorityClasses: LintTemplate = {
  key: 'priority-class-name',
  kinds: WORKLOADS,
  parameters: { acceptedPriorityClassNames: { type: 'strings' } },
  find: ({ acceptedPriorityClassNames }) =>
    perPod(({ spec }) => otherPriorityClass(spec, stringsOf(acceptedPriorityClassNames))),
};
