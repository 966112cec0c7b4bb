import { makeQuantity } from '../../apimachinery/quantity.ts';
import { compareStrings } from '../../base/compare.ts';
import { arrayAt, booleanAt, numberAt, stringAt } from '../../base/json.ts';
import type { QuotaEvaluator } from './quota-evaluator.ts';
import { objectCountName } from './resource-names.ts';

/**
 * Node ports are counted by what is asked for, because none are given out yet.
 * Source: pkg/quota/v1/evaluator/core/services.go, 1.36.
 */
export const serviceEvaluator: QuotaEvaluator = {
  resource: 'services',
  handles: ({ operation, subresource }) => subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  matchingResources: (names) => [...new Set(names)].filter((name) => RESOURCES.has(name)).sort(compareStrings),
  usage(service) {
    const ports = arrayAt(service, 'spec', 'ports');
    const type = stringAt(service, 'spec', 'type');
    const isBalanced = type === 'LoadBalancer';
    const chosen = ports.filter((port) => (numberAt(port, 'nodePort') ?? 0) !== 0);
    const isChosenOnly = isBalanced && booleanAt(service, 'spec', 'allocateLoadBalancerNodePorts') === false;
    const counted = type === 'NodePort' || isBalanced ? (isChosenOnly ? chosen : ports) : [];
    return new Map([
      [COUNT, makeQuantity(1n)],
      ['services', makeQuantity(1n)],
      ['services.loadbalancers', makeQuantity(isBalanced ? 1n : 0n)],
      ['services.nodeports', makeQuantity(BigInt(counted.length))],
    ]);
  },
};

const COUNT = objectCountName('services');
const RESOURCES: ReadonlySet<string> = new Set([COUNT, 'services', 'services.nodeports', 'services.loadbalancers']);
