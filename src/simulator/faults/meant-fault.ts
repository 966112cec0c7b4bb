import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import { isLike } from '../behaviour/behaviour-of.ts';
import { withAddress } from '../network/target-of.ts';
import type { FaultOrder } from './fault.ts';
import { FAULTS } from './faults.ts';
import { LOAD_FROM } from './load-spike.ts';

type Objects = () => readonly KubernetesObject[];

/** A fault as it is meant where it begins: the Pod that has its name now, and the address that a load goes to. */
export function meantFault(wanted: FaultOrder, objects: Objects): FaultOrder {
  const { from = LOAD_FROM, to } = wanted.parameters ?? {};
  const isLoad = wanted.fault === 'load-spike' && to !== undefined;
  const load = isLoad ? withAddress({ from, to }, objects) : undefined;
  const order = load === undefined ? wanted : { ...wanted, parameters: { ...wanted.parameters, ...load } };
  const pod = FAULTS.get(order.fault)?.target === 'Pod' ? podNamed(order.target ?? '', objects) : undefined;
  return pod === undefined ? order : { ...order, pod };
}

/** `shop/web-0`, or the first that has a Node of those that a name with `*` fits: `shop/web-*`. */
function podNamed(key: string, objects: Objects): FaultOrder['pod'] {
  const found = objects().find(
    (object) =>
      object.kind === 'Pod' &&
      stringAt(object, 'spec', 'nodeName') !== undefined &&
      isLike(`${namespaceOf(object) ?? ''}/${nameOf(object)}`, key),
  );
  const [uid, node] = [stringAt(found, 'metadata', 'uid'), stringAt(found, 'spec', 'nodeName')];
  return uid === undefined || node === undefined ? undefined : { uid, node };
}
