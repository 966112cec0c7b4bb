import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { ACCESS_GENERATORS } from '../generators/access.ts';
import { DATA_GENERATORS } from '../generators/data.ts';
import type { Generator } from '../generators/generator.ts';
import { theOnlyName } from '../generators/generator.ts';
import { NETWORK_GENERATORS } from '../generators/network.ts';
import { POLICY_GENERATORS } from '../generators/policy.ts';
import { WORKLOAD_GENERATORS } from '../generators/workloads.ts';
import { CREATING, createObject } from './create.ts';

/** Short words for some of them. Source: the `Aliases` of staging/src/k8s.io/kubectl/pkg/cmd/create, 1.36. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  deployment: ['deploy'],
  cronjob: ['cj'],
  configmap: ['cm'],
  namespace: ['ns'],
  serviceaccount: ['sa'],
  quota: ['resourcequota'],
  poddisruptionbudget: ['pdb'],
  priorityclass: ['pc'],
  ingress: ['ing'],
};

function commandsOf(generator: Generator): readonly KubectlCommand[] {
  const { name, flags: own, required = [], make } = generator;
  const words = name.startsWith('service ') ? [name, name.replace('service', 'svc')] : [name, ...(ALIASES[name] ?? [])];
  return words.map((word) => ({
    name: `create ${word}`,
    flags: { ...CREATING, ...own },
    run(terminal, flags) {
      const missing = required.filter((flagName) => !flags.values.has(flagName));
      if (missing.length > 0)
        throw new KubectlError(
          `error: required flag(s) ${missing.map((one) => JSON.stringify(one)).join(', ')} not set`,
        );
      const only = theOnlyName(`create ${name}`, flags);
      return createObject(terminal, flags, '', make(only, flags, terminal));
    },
  }));
}

/** `kubectl create deployment` and the like. */
export const CREATE_COMMANDS: readonly KubectlCommand[] = [
  ...WORKLOAD_GENERATORS,
  ...DATA_GENERATORS,
  ...NETWORK_GENERATORS,
  ...POLICY_GENERATORS,
  ...ACCESS_GENERATORS,
].flatMap(commandsOf);
