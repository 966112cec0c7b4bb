import { formatQuantity, milliValueOf, quantityOf, valueOf } from '../../../apimachinery/quantity.ts';
import type { Quantity } from '../../../apimachinery/quantity.ts';
import { arrayAt, nameAt, numberAt, stringAt, valueAt } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import { NO_SPOTS, perContainer } from '../spots.ts';
import type { Spot } from '../spots.ts';
import { integerOf, matchOf, matchesOf, stringsOf } from './parameters.ts';
import type { Match, ParameterTypes, Parameters } from './parameters.ts';
import type { LintTemplate } from './template.ts';

const WORKLOADS = ['DeploymentLike'];

/** Variables of a container whose name and written value are such ones. */
export function variables(container: JsonObject, name: Match, value: Match): readonly Spot[] {
  return arrayAt(container, 'env').flatMap((variable, index) => {
    const [own, text] = [stringAt(variable, 'name') ?? '', stringAt(variable, 'value') ?? ''];
    return name(own) && value(text) ? [{ at: ['env', index, 'value'], params: { name: own } }] : [];
  });
}

export const envVar: LintTemplate = {
  key: 'env-var',
  kinds: WORKLOADS,
  parameters: { name: { type: 'pattern', isRequired: true }, value: { type: 'pattern' } },
  find({ name, value }) {
    const [matchesName, matchesValue] = [matchOf(name), matchOf(value)];
    return perContainer(({ container }) => variables(container, matchesName, matchesValue));
  },
};

/** Ports of a container of a number and such a protocol. */
export function portsOf(container: JsonObject, wanted: number, isProtocol: Match): readonly Spot[] {
  return arrayAt(container, 'ports').flatMap((port, index) => {
    const protocol = nameAt(port, 'protocol') ?? 'TCP';
    return numberAt(port, 'containerPort') === wanted && isProtocol(protocol)
      ? [{ at: ['ports', index, 'containerPort'], params: { port: wanted, protocol } }]
      : [];
  });
}

export const ports: LintTemplate = {
  key: 'ports',
  kinds: WORKLOADS,
  parameters: { port: { type: 'integer' }, protocol: { type: 'pattern' } },
  find({ port, protocol }) {
    const [wanted, isProtocol] = [integerOf(port) ?? 0, matchOf(protocol)];
    return perContainer(({ container }) => portsOf(container, wanted, isProtocol));
  },
};

export const imagePullPolicies: LintTemplate = {
  key: 'image-pull-policy',
  kinds: WORKLOADS,
  parameters: { forbiddenPolicies: { type: 'strings', each: ['Always', 'IfNotPresent', 'Never'] } },
  find({ forbiddenPolicies }) {
    const forbidden = stringsOf(forbiddenPolicies);
    return perContainer(({ container }) => {
      const policy = stringAt(container, 'imagePullPolicy') ?? '';
      return forbidden.includes(policy) ? [{ at: ['imagePullPolicy'], params: { policy } }] : NO_SPOTS;
    });
  },
};

export const images: LintTemplate = {
  key: 'latest-tag',
  kinds: WORKLOADS,
  parameters: { blockList: { type: 'patterns' }, allowList: { type: 'patterns' } },
  refuses: ({ blockList, allowList }) =>
    stringsOf(blockList).length > 0 && stringsOf(allowList).length > 0 ? 'allowList' : undefined,
  find({ blockList, allowList }) {
    const [blocked, allowed] = [matchesOf(blockList), matchesOf(allowList)];
    return perContainer(({ container }) => {
      const image = stringAt(container, 'image') ?? '';
      const isBlocked = blocked.some((matches) => matches(image));
      const isMissed = allowed.length > 0 && !allowed.some((matches) => matches(image));
      return isBlocked || isMissed ? [{ at: ['image'], params: { image } }] : NO_SPOTS;
    });
  },
};

const LISTS = [
  ['request', 'requests'],
  ['limit', 'limits'],
] as const;

/** Amounts of a resource that lie in a range; the upper bound is left out for no end. What is not written is nothing. */
function amountsFinder(resource: string, amountOf: (quantity: Quantity) => bigint, unit: bigint, bounds: [string, string]) {
  return (parameters: Parameters): ReturnType<LintTemplate['find']> => {
    const [low, high] = bounds.map((name) => integerOf(parameters[name]));
    const type = parameters['requirementsType'];
    return perContainer(({ container }) =>
      LISTS.filter(([name]) => type === name || type === 'any').flatMap(([name, list]): readonly Spot[] => {
        const quantity = quantityOf(valueAt(container, 'resources', list, resource));
        const amount = quantity === undefined ? 0n : amountOf(quantity);
        const isInRange = amount >= BigInt(low ?? 0) * unit && (high === undefined || amount <= BigInt(high) * unit);
        const shown = quantity === undefined ? '0' : formatQuantity(quantity);
        return isInRange ? [{ at: ['resources', list, resource], params: { type: name, amount: shown } }] : [];
      }),
    );
  };
}

function bounded(low: string, high: string): ParameterTypes {
  return {
    requirementsType: { type: ['request', 'limit', 'any'], isRequired: true },
    [low]: { type: 'integer' },
    [high]: { type: 'integer' },
  };
}

export const cpuRequirements: LintTemplate = {
  key: 'cpu-requirements',
  kinds: WORKLOADS,
  parameters: bounded('lowerBoundMillis', 'upperBoundMillis'),
  find: amountsFinder('cpu', milliValueOf, 1n, ['lowerBoundMillis', 'upperBoundMillis']),
};

export const memoryRequirements: LintTemplate = {
  key: 'memory-requirements',
  kinds: WORKLOADS,
  parameters: bounded('lowerBoundMB', 'upperBoundMB'),
  find: amountsFinder('memory', valueOf, 1024n * 1024n, ['lowerBoundMB', 'upperBoundMB']),
};
