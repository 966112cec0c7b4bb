import { parseCidr } from '../../../apimachinery/ip.ts';
import type { ClusterFacts } from '../../../kinds/strategy.ts';
import { familyName, serviceNetworkOf } from '../../network/addresses.ts';
import type { Server } from '../state.ts';

const known = new WeakMap<object, ClusterFacts>();

/**
 * The families of Services' addresses, by the networks that the server is told (`--service-cluster-ip-range`); the first is
 * that of Services which do not say. Source: pkg/registry/core/rest/storage_core.go, 1.36.2.
 */
export function clusterFactsOf({ state }: Pick<Server, 'state'>): ClusterFacts {
  const { settings } = state;
  let facts = known.get(settings);
  if (facts === undefined) {
    const networks = settings.serviceNetworks ?? [serviceNetworkOf(4)];
    const families = networks.filter((network) => parseCidr(network) !== undefined).map(familyName);
    known.set(settings, (facts = Object.freeze({ serviceFamilies: [...new Set(families)] })));
  }
  return facts;
}
