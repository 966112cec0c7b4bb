import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import type { Context } from '../../component.ts';
import type { AnswerMessage, ApiResponse } from '../../messages.ts';
import { NODE_GET_INFO } from '../../storage/csi-driver.ts';
import type { Asked, KubeletState } from '../state.ts';
import { ask } from '../state.ts';

const CSI_NODES = { group: 'storage.k8s.io', version: 'v1', plural: 'csinodes' } as const;
const NODES = { group: '', version: 'v1', plural: 'nodes' } as const;
/** Name of the timer with which a registration that failed is tried again; its data is the number of the driver. */
export const REGISTER_DRIVER = 'register-driver';
/** Source: pkg/volume/csi/csi_plugin.go `initialDuration` of its back-off, 1.36. */
const RETRY_MS = 1000;

type Registering = Extract<Asked, { readonly type: 'csi-node' }>;

/**
 * Asks the next driver of the Node for what it is to be told of, one after another.
 * Source: pkg/volume/csi/csi_plugin.go `RegisterPlugin`, 1.36.
 */
export function registerDriver(state: KubeletState, number: number, context: Context): void {
  const driver = state.settings.drivers?.[number]?.name;
  if (driver === undefined) return;
  const id = context.next('call');
  state.registering.set(id, number);
  const parameters = Object.freeze({ driver });
  context.send(
    state.settings.csi,
    { type: 'call', id, method: NODE_GET_INFO, parameters },
    { class: 'csi', verb: NODE_GET_INFO, detail: parameters },
  );
}

/** A driver has told of the Node; false where the answer is to another call. */
export function driverToldOfNode(
  state: KubeletState,
  { id, method, result }: AnswerMessage,
  context: Context,
): boolean {
  const number = method === NODE_GET_INFO ? state.registering.get(id) : undefined;
  if (number === undefined) return false;
  state.registering.delete(id);
  const most = result['maxVolumesPerNode'];
  const info: JsonObject = {
    name: state.settings.drivers![number]!.name,
    nodeID: String(result['nodeId']),
    topologyKeys: null,
    ...(typeof most === 'number' ? { allocatable: { count: most } } : {}),
  };
  read(state, { type: 'csi-node', step: 'read', number, info }, context);
  return true;
}

function read(state: KubeletState, asked: Registering, context: Context): void {
  ask(
    state,
    { ...asked, step: 'read' },
    { verb: 'get', resource: CSI_NODES, name: nameOf(state.settings.node) },
    context,
  );
}

/**
 * The server has answered about the CSINode, in which the driver is to stand.
 * Source: pkg/volume/csi/nodeinfomanager/nodeinfomanager.go `updateCSINode`, 1.36.
 */
export function csiNodeAnswered(
  state: KubeletState,
  asked: Registering,
  { code, body }: ApiResponse,
  context: Context,
): void {
  const { step, number, info } = asked;
  const name = nameOf(state.settings.node);
  const found = code >= 200 && code < 300 ? body : undefined;
  if (step === 'written' && found !== undefined) return registerDriver(state, number + 1, context);
  if (step === 'written' && code === 409) return read(state, asked, context);
  if (step === 'read' && code === 404)
    return ask(state, { ...asked, step: 'node' }, { verb: 'get', resource: NODES, name }, context);
  if (found === undefined) return context.timer(RETRY_MS, REGISTER_DRIVER, number);
  const drivers = arrayAt(found, 'spec', 'drivers').filter((one) => stringAt(one, 'name') !== nameAt(info, 'name'));
  const call: ApiCall =
    step === 'node'
      ? { verb: 'create', resource: CSI_NODES, body: newCsiNode(found, info) }
      : { verb: 'update', resource: CSI_NODES, name, body: withDrivers(found, [...drivers, info]) };
  ask(state, { ...asked, step: 'written' }, call, context);
}

/** Source: nodeinfomanager.go `CreateCSINode`. */
function newCsiNode(node: KubernetesObject, info: JsonObject): KubernetesObject {
  const owner = { apiVersion: 'v1', kind: 'Node', name: nameOf(node), uid: uidOf(node) };
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: { name: nameOf(node), ownerReferences: [owner] },
    spec: { drivers: [info] },
  };
}

function withDrivers(csiNode: KubernetesObject, drivers: readonly JsonValue[]): KubernetesObject {
  return { ...csiNode, spec: { ...objectAt(csiNode, 'spec'), drivers } };
}
