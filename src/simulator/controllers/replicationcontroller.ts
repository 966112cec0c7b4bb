import { labelSelectorFromMap } from '../../apimachinery/label-selector.ts';
import { valueAt } from '../../base/json.ts';
import { replicaController } from './replicaset/replica-controller.ts';
import { REPLICATION_CONTROLLERS } from './resources.ts';

/** The code of ReplicaSets on an older shape. Source: pkg/controller/replication/replication_controller.go, 1.36. */
export const replicationController = replicaController({
  name: 'replicationcontroller-controller',
  account: 'replication-controller',
  reportsAs: 'replication-controller',
  resource: REPLICATION_CONTROLLERS,
  kind: 'ReplicationController',
  selectorOf: (owner) => labelSelectorFromMap(valueAt(owner, 'spec', 'selector')),
  countsTerminating: false,
});
