import { beforeAll, describe, expect } from 'vitest';
import type { AuthorizationAttributes } from '../../../admission/cluster-view.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { upstreamFile } from '../../../base/testing/upstream-file.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { freshCluster } from '../../bootstrap/objects.ts';
import { View } from '../../client/view.ts';
import { BUILT_IN, indexesOf } from '../served-resources.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { authorizeNode } from './node.ts';
import type { Decision } from './node.ts';
import type { NodeGraph } from './node-graph.ts';
import { roleAllows } from './rbac.ts';

beforeAll(preloadKinds);

interface NodeCase extends Omit<AuthorizationAttributes, 'path'> {
  readonly case: string;
  readonly user: string;
  readonly allow: boolean;
  readonly reason?: string;
}

const file = upstreamFile<NodeCase>(new URL('./testdata/node.json', import.meta.url));
const source = { area: 'kube-apiserver', file: file.source, release: file.release } as const;

function viewOf(plural: string, objects: readonly KubernetesObject[]): View {
  const resource = BUILT_IN.find((one) => one.plural === plural)!;
  let view = View.empty(indexesOf(resource));
  for (const object of objects) {
    const namespace = namespaceOf(object);
    view = view.with(1, namespace === undefined ? nameOf(object) : `${namespace}/${nameOf(object)}`, object);
  }
  return view;
}

function made(kind: string, name: string, spec: JsonObject, namespace?: string, status?: JsonObject): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec,
    ...(status === undefined ? {} : { status }),
  };
}

/** The sample that upstream generates: two Nodes, two Pods each, in two namespaces. */
function sample(): NodeGraph {
  const pods: KubernetesObject[] = [];
  const volumes: KubernetesObject[] = [];
  const [attachments, slices]: [KubernetesObject[], KubernetesObject[]] = [[], []];
  for (const nodeName of ['node0', 'node1']) {
    for (const index of [0, 1]) {
      const [name, namespace] = [`pod${index}-${nodeName}`, `ns${index}`];
      const volume = `pv0-${name}-${namespace}`;
      const claim = `pvc0-${name}`;
      const spec = {
        nodeName,
        serviceAccountName: `svcacct${index}-${nodeName}`,
        containers: [],
        volumes: [
          { name: 'a', secret: { secretName: `secret0-${name}` } },
          { name: 'b', secret: { secretName: 'secret0-shared' } },
          { name: 'c', configMap: { name: `configmap0-${name}` } },
          { name: 'd', persistentVolumeClaim: { claimName: claim } },
        ],
        resourceClaims: [
          { name: 'claim0', resourceClaimName: `claim0-${name}-${namespace}` },
          { name: 'claimtemplate0', resourceClaimTemplateName: `claimtemplate0-${name}-${namespace}` },
          { name: 'claimtemplate-with-claim0', resourceClaimTemplateName: `claimtemplate0-${name}-${namespace}` },
        ],
      };
      const generated = {
        name: 'claimtemplate-with-claim0',
        resourceClaimName: `generated-claim-${name}-${namespace}-0`,
      };
      pods.push(made('Pod', name, spec, namespace, { resourceClaimStatuses: [generated] }));
      const secretRef = { name: `secret-${volume}` };
      volumes.push(
        made('PersistentVolume', volume, { flexVolume: { secretRef }, claimRef: { name: claim, namespace } }),
      );
    }
    attachments.push(made('VolumeAttachment', `attachment0-${nodeName}`, { nodeName }));
    for (const index of [0, 1, 2]) slices.push(made('ResourceSlice', `slice${index}-${nodeName}`, { nodeName }));
  }
  return {
    registry: kinds.registry,
    pods: viewOf('pods', pods),
    volumes: viewOf('persistentvolumes', volumes),
    attachments: viewOf('volumeattachments', attachments),
    slices: viewOf('resourceslices', slices),
  };
}

const roles = freshCluster({
  serviceNetworks: ['10.96.0.0/12'],
  controlPlaneIp: '10.0.0.1',
  dnsIp: '10.0.0.1',
  nowMs: 0,
  added: [],
})
  .map(({ value }) => value)
  .filter(({ kind }) => kind === 'ClusterRole');
const none = View.empty();
const views = {
  clusterRoles: viewOf('clusterroles', roles),
  clusterRoleBindings: none,
  roles: none,
  roleBindings: none,
};

function asked(graph: NodeGraph, node: string, attributes: AuthorizationAttributes): Decision {
  const user = { name: `system:node:${node}`, groups: ['system:nodes'] };
  return authorizeNode(graph, user, attributes, (one) => roleAllows(views, 'system:node', one));
}

const secrets = (...names: readonly string[]) =>
  names.map((secretName, index) => ({ name: `v${index}`, secret: { secretName } }));
const shared = (node3: readonly JsonObject[]): NodeGraph => ({
  ...sample(),
  pods: viewOf('pods', [
    made(
      'Pod',
      'pod1-node1',
      { nodeName: 'node1', volumes: secrets('node1-only', 'node1-node2-only', 'shared-all') },
      'ns1',
    ),
    made('Pod', 'pod2-node2', { nodeName: 'node2', volumes: secrets('node1-node2-only', 'shared-all') }, 'ns1'),
    made('Pod', 'pod3-node3', { nodeName: 'node3', volumes: node3 }, 'ns1'),
  ]),
});
const get = (resource: string, name: string) => ({ verb: 'get', group: '', resource, namespace: 'ns1', name }) as const;

upstreamEach(
  source,
  'TestNodeAuthorizerSharedResources',
)([
  ['0', 'node1', 'node1-only', true],
  ['1', 'node1', 'node1-node2-only', true],
  ['2', 'node1', 'shared-all', true],
  ['3', 'node2', 'node1-only', false],
  ['4', 'node2', 'node1-node2-only', true],
  ['5', 'node2', 'shared-all', true],
  ['6', 'node3', 'node1-only', false],
  ['7', 'node3', 'node1-node2-only', false],
  ['8', 'node3', 'shared-all', true],
] as const)('%s: %s and the Secret %s', (_, node, secret, allow) => {
  expect(asked(shared(secrets('shared-all')), node, get('secrets', secret)) === 'allow').toBe(allow);
});

describe('what a Node may do', () => {
  upstreamEach(source, 'TestNodeAuthorizer')(file.cases)('$case', (one) => {
    const { user, allow, reason } = one;
    const decision = asked(sample(), user, one);
    expect(decision === 'allow').toBe(allow);
    if (reason !== undefined) expect(decision).toEqual({ reason });
  });

  upstreamEach(source, 'TestNodeAuthorizerSharedResources')([['without its volumes', 'node3']] as const)(
    '%s',
    (_, node) => {
      expect(asked(shared([]), node, get('secrets', 'shared-all'))).not.toBe('allow');
    },
  );

  upstreamEach(
    source,
    'TestNodeAuthorizerAddEphemeralContainers',
  )([
    ['0', 'secrets', 'node1-only', undefined, true],
    ['1', 'secrets', 'new-secret', undefined, false],
    ['2', 'secrets', 'new-secret', { secretRef: { name: 'new-secret' } }, true],
    ['3', 'configmaps', 'new-config-map', undefined, false],
    ['4', 'configmaps', 'new-config-map', { configMapRef: { name: 'new-config-map' } }, true],
  ] as const)('%s: %s %s', (_, resource, name, from, allow) => {
    const ephemeral = from === undefined ? [] : [{ name: 'eph', image: 'imageURL', envFrom: [from] }];
    const spec = { nodeName: 'node1', volumes: secrets('node1-only'), ephemeralContainers: ephemeral };
    const graph = { ...sample(), pods: viewOf('pods', [made('Pod', 'pod1-node1', spec, 'ns1')]) };
    expect(asked(graph, 'node1', get(resource, name)) === 'allow').toBe(allow);
  });

  upstreamLeftOut(source, file.leftOut);
});
