import { parseIntOrString } from '../../../apimachinery/int-or-string.ts';
import { canonicalQuantity, parseQuantity } from '../../../apimachinery/quantity.ts';
import { compareStrings } from '../../../base/compare.ts';
import { KubectlError } from '../command.ts';
import { isOn } from '../flags.ts';
import type { Generator } from './generator.ts';
import { metadataFor, numberFlag, textFlag } from './generator.ts';
import { selectorOf } from './selector.ts';

const namespace: Generator = {
  name: 'namespace',
  flags: {},
  make: (name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {}, status: {} }),
};

const serviceAccount: Generator = {
  name: 'serviceaccount',
  flags: {},
  make: (name, flags) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadataFor(name, flags) }),
};

/** Source: create_quota.go. */
const quota: Generator = {
  name: 'quota',
  flags: { hard: { type: 'text' }, scopes: { type: 'text' } },
  make(name, flags) {
    const [hard, scopes] = [textFlag(flags, 'hard'), textFlag(flags, 'scopes')];
    const pairs = hard === '' ? [] : hard.split(',').map(resourcePair);
    const listed = scopes === '' ? [] : scopes.split(',');
    if (listed.includes('')) throw new KubectlError('error: invalid resource quota scope ""');
    return {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: metadataFor(name, flags),
      spec: {
        ...(pairs.length === 0 ? {} : { hard: Object.fromEntries(pairs.toSorted(([a], [b]) => compareStrings(a, b))) }),
        ...(listed.length === 0 ? {} : { scopes: listed }),
      },
      status: {},
    };
  },
};

function resourcePair(text: string): readonly [string, string] {
  const [name = '', value = '', ...more] = text.split('=');
  if (!text.includes('=') || more.length > 0)
    throw new KubectlError(`error: Invalid argument syntax ${text}, expected <resource>=<value>`);
  const quantity = parseQuantity(value);
  if (quantity === undefined)
    throw new KubectlError(
      `error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
    );
  return [name, canonicalQuantity(quantity)];
}

/** Source: create_pdb.go. */
const disruptionBudget: Generator = {
  name: 'poddisruptionbudget',
  flags: { 'min-available': { type: 'text' }, 'max-unavailable': { type: 'text' }, selector: { type: 'text' } },
  make(name, flags) {
    const [least, most] = [textFlag(flags, 'min-available'), textFlag(flags, 'max-unavailable')];
    const selector = textFlag(flags, 'selector');
    if (selector === '') throw new KubectlError('error: a selector must be specified');
    if (least === '' && most === '')
      throw new KubectlError('error: one of min-available or max-unavailable must be specified');
    if (least !== '' && most !== '')
      throw new KubectlError('error: min-available and max-unavailable cannot be both specified');
    for (const [word, value] of [['min-available', least] as const, ['max-unavailable', most] as const])
      if (value !== '' && !/^[0-9]+%?$/.test(value))
        throw new KubectlError(`error: invalid format specified for ${word}`);
    return {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadataFor(name, flags),
      spec: {
        ...(least === '' ? { maxUnavailable: parseIntOrString(most) } : { minAvailable: parseIntOrString(least) }),
        selector: selectorOf(selector),
      },
      status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
    };
  },
};

/** Source: create_priorityclass.go. */
const priorityClass: Generator = {
  name: 'priorityclass',
  flags: {
    value: { type: 'text' },
    'global-default': { type: 'switch' },
    description: { type: 'text' },
    'preemption-policy': { type: 'text' },
  },
  make(name, flags) {
    const description = textFlag(flags, 'description');
    return {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      ...(description === '' ? {} : { description }),
      ...(isOn(flags, 'global-default') ? { globalDefault: true } : {}),
      preemptionPolicy: textFlag(flags, 'preemption-policy') || 'PreemptLowerPriority',
      value: numberFlag(flags, 'value', 0),
    };
  },
};

export const POLICY_GENERATORS: readonly Generator[] = [
  namespace,
  serviceAccount,
  quota,
  disruptionBudget,
  priorityClass,
];
