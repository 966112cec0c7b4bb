import type { AuthorizationAttributes } from '../../../admission/cluster-view.ts';
import type { UserInfo } from '../../messages.ts';
import { isRelated } from './node-graph.ts';
import type { NodeGraph, Vertex } from './node-graph.ts';

const NODES = 'system:nodes';
const NODE_USER = 'system:node:';

/** `allow`, or why there is no opinion (''): where nobody else allows it, the user is told. */
export type Decision = 'allow' | { readonly reason: string };

const NONE: Decision = { reason: '' };
const no = (reason: string): Decision => ({ reason });

export interface NodeQuestion {
  readonly node: string;
  readonly graph: NodeGraph;
  readonly attributes: AuthorizationAttributes;
}

/**
 * What kubelets may do: of the objects that Pods use what a Pod on the Node uses, of Nodes and Pods their own, and the
 * rules of `system:node`. Undefined for a user that is no Node.
 * Source: plugin/pkg/auth/authorizer/node/node_authorizer.go, 1.36.
 */
export function authorizeNode(
  graph: NodeGraph,
  user: UserInfo,
  attributes: AuthorizationAttributes,
  isRule: (attributes: AuthorizationAttributes) => boolean,
): Decision {
  const node = nodeNameOf(user);
  if (node === undefined) return NONE;
  if (node === '') return no(`unknown node for user "${user.name}"`);
  const { group, resource } = attributes;
  const own = attributes.path === undefined ? OF_RESOURCE[group === '' ? resource : `${resource}.${group}`] : undefined;
  if (own !== undefined) return own({ node, graph, attributes });
  return isRule(attributes) ? 'allow' : NONE;
}

/** Name of the Node that a user is; undefined for a user that is none. Source: pkg/auth/nodeidentifier/default.go, 1.36. */
export function nodeNameOf({ name, groups }: UserInfo): string | undefined {
  return groups.includes(NODES) && name.startsWith(NODE_USER) ? name.slice(NODE_USER.length) : undefined;
}

const OF_RESOURCE: Readonly<Record<string, (question: NodeQuestion) => Decision>> = {
  secrets: (question) => readOne(question, 'secret'),
  configmaps: (question) => readOne(question, 'configmap'),
  persistentvolumeclaims: (question) =>
    partOf(question) === 'status' ? writeStatus(question, 'pvc') : getOne(question, 'pvc'),
  persistentvolumes: (question) => getOne(question, 'pv'),
  'resourceclaims.resource.k8s.io': (question) => getOne(question, 'resourceclaim'),
  'volumeattachments.storage.k8s.io': (question) => getOne(question, 'volumeattachment'),
  serviceaccounts: ofServiceAccount,
  'leases.coordination.k8s.io': ofLease,
  'csinodes.storage.k8s.io': ofCsiNode,
  'resourceslices.resource.k8s.io': ofSlice,
  nodes: ofNode,
  pods: ofPod,
  // The gate PodCertificateRequest is off in 1.36.
  'podcertificaterequests.certificates.k8s.io': () => NONE,
};

function partOf({ attributes }: NodeQuestion): string {
  return attributes.subresource ?? '';
}

function related({ node, graph, attributes }: NodeQuestion, type: Vertex): Decision {
  const { name = '', namespace = '' } = attributes;
  if (name === '') return no('No Object name found');
  if (isRelated(graph, node, type, namespace, name)) return 'allow';
  return no(`no relationship found between node '${node}' and this object`);
}

function readOne(question: NodeQuestion, type: Vertex): Decision {
  const { verb, namespace = '' } = question.attributes;
  if (!['get', 'list', 'watch'].includes(verb)) return no('can only read resources of this type');
  if (partOf(question) !== '') return no('cannot read subresource');
  return namespace === '' ? no('can only read namespaced object of this type') : related(question, type);
}

function getOne(question: NodeQuestion, type: Vertex): Decision {
  if (question.attributes.verb !== 'get') return no('can only get individual resources of this type');
  return partOf(question) === '' ? related(question, type) : no('cannot get subresource');
}

function writeStatus(question: NodeQuestion, type: Vertex): Decision {
  const { verb } = question.attributes;
  return verb === 'update' || verb === 'patch' ? related(question, type) : no('can only get/update/patch this type');
}

function ofServiceAccount(question: NodeQuestion): Decision {
  const { verb, name = '' } = question.attributes;
  if (verb === 'get' && partOf(question) === '') return readOne(question, 'serviceaccount');
  if (verb !== 'create' || name === '') return no('can only create tokens for individual service accounts');
  return partOf(question) === 'token'
    ? related(question, 'serviceaccount')
    : no('can only create token subresource of serviceaccount');
}

const OWN_VERBS = ['get', 'create', 'update', 'patch', 'delete'];
const LEASES = 'kube-node-lease';

function ofLease({ node, attributes: { verb, namespace, name } }: NodeQuestion): Decision {
  if (!OWN_VERBS.includes(verb)) return no('can only get, create, update, patch, or delete a node lease');
  if (namespace !== LEASES) return no(`can only access leases in the "${LEASES}" system namespace`);
  if (verb !== 'create' && name !== node)
    return no('can only access node lease with the same name as the requesting node');
  return 'allow';
}

function ofCsiNode(question: NodeQuestion): Decision {
  const { verb, name } = question.attributes;
  if (!OWN_VERBS.includes(verb)) return no('can only get, create, update, patch, or delete a CSINode');
  if (partOf(question) !== '') return no('cannot authorize CSINode subresources');
  if (verb !== 'create' && name !== question.node)
    return no('can only access CSINode with the same name as the requesting node');
  return 'allow';
}

/** Source: gate AuthorizeNodeWithSelectors, on since 1.32. */
function selectsOwn({ node, attributes: { fieldSelector = '' } }: NodeQuestion): boolean {
  return fieldSelector.split(',').some((term) => /^spec\.nodeName==?([^=!]+)$/.exec(term)?.[1] === node);
}

function ofSlice(question: NodeQuestion): Decision {
  if (partOf(question) !== '') return no('cannot authorize ResourceSlice subresources');
  switch (question.attributes.verb) {
    case 'create':
      return 'allow';
    case 'get':
    case 'update':
    case 'patch':
    case 'delete':
      return related(question, 'resourceslice');
    case 'watch':
    case 'list':
    case 'deletecollection':
      return selectsOwn(question)
        ? 'allow'
        : no('can only list/watch/deletecollection resourceslices with nodeName field selector');
    default:
      return no(
        'only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch, delete, deletecollection',
      );
  }
}

function ofNode(question: NodeQuestion): Decision {
  const { verb, name = '' } = question.attributes;
  const part = partOf(question);
  if (part === 'status') return ['update', 'patch'].includes(verb) ? 'allow' : NONE;
  if (part !== '') return NONE;
  if (['create', 'update', 'patch'].includes(verb)) return 'allow';
  if (!['get', 'list', 'watch'].includes(verb)) return NONE;
  if (name === question.node) return 'allow';
  const what = name === '' ? 'all nodes' : `'${name}'`;
  return no(`node '${question.node}' cannot read ${what}, only its own Node object`);
}

function ofPod(question: NodeQuestion): Decision {
  const { verb, name = '' } = question.attributes;
  const part = partOf(question);
  if (part === 'status') return ['update', 'patch'].includes(verb) ? 'allow' : NONE;
  if (part === 'eviction') return verb === 'create' ? 'allow' : NONE;
  if (part !== '') return NONE;
  if (verb === 'get') return getOne(question, 'pod');
  if (verb === 'create' || verb === 'delete') return 'allow';
  if (verb !== 'list' && verb !== 'watch') return NONE;
  if (selectsOwn(question)) return 'allow';
  return name === '' ? no('can only list/watch pods with spec.nodeName field selector') : related(question, 'pod');
}
