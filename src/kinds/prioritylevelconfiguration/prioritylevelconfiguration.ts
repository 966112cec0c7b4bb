import { numberAt, stringAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { FLOW_CONTROL_GROUP, OLDER_FLOW_CONTROL_VERSIONS } from '../shared/flow-control.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration: a share of the API server's capacity. */
export const priorityLevelConfiguration: KindDefinition = {
  group: FLOW_CONTROL_GROUP,
  version: 'v1',
  kind: 'PriorityLevelConfiguration',
  resource: 'prioritylevelconfigurations',
  shortNames: [],
  scope: 'Cluster',
  category: 'cluster',
  olderVersions: OLDER_FLOW_CONTROL_VERSIONS,
  newObject: (name) => ({
    apiVersion: `${FLOW_CONTROL_GROUP}/v1`,
    kind: 'PriorityLevelConfiguration',
    metadata: newMetadata(name),
    spec: { type: 'Limited', limited: { nominalConcurrencyShares: 30, limitResponse: { type: 'Reject' } } },
  }),
  references: () => [],
  summary: (object) => {
    const limited = ['spec', 'limited'];
    // Until v1beta2 the shares were called assured.
    const shares =
      numberAt(object, ...limited, 'nominalConcurrencyShares') ??
      numberAt(object, ...limited, 'assuredConcurrencyShares');
    const fact = stringAt(object, 'spec', 'type') ?? '';
    return shares === undefined ? { fact } : { fact, detail: `nominalConcurrencyShares ${shares}` };
  },
  fields: [
    'spec.type',
    'spec.limited.nominalConcurrencyShares',
    'spec.limited.lendablePercent',
    'spec.limited.borrowingLimitPercent',
    'spec.limited.limitResponse.type',
    'spec.limited.limitResponse.queuing.queues',
  ],
};
