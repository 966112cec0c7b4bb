import { parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import { valueAt } from '../../../base/json.ts';
import { REPLICA_SETS } from '../resources.ts';
import { replicaController } from './replica-controller.ts';

export const replicaSet = replicaController({
  name: 'replicaset-controller',
  resource: REPLICA_SETS,
  kind: 'ReplicaSet',
  selectorOf: (owner) => parseLabelSelector(valueAt(owner, 'spec', 'selector')),
  countsTerminating: true,
});
