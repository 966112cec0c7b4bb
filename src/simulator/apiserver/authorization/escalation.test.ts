import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { UserInfo } from '../../messages.ts';
import { preloadKinds } from '../../testing/built-in-kinds.ts';
import { AskedServer } from '../testing/asked-server.ts';
import { isCollectorsChange } from './escalation.ts';
import { compactRules, isSimple, uncoveredRules, urlCovers } from './policy-rule.ts';
import type { PolicyRule } from './policy-rule.ts';
import upstream from './testdata/rules.json';

beforeAll(preloadKinds);

const { release } = upstream;
const source = (file: string) => ({ area: 'kube-apiserver', file, release }) as const;
const COVERS = source(upstream.covers.source);
const COMPACT = source(upstream.compact.source);

describe('rules', () => {
  upstreamEach(COVERS)(upstream.covers.cases)('$name', ({ owner, servant, covered, uncovered }) => {
    const missing = uncoveredRules(owner as readonly PolicyRule[], servant as readonly PolicyRule[]);
    expect(missing).toEqual(uncovered);
    expect(missing.length === 0).toBe(covered);
  });

  upstreamEach(
    COVERS,
    'TestNonResourceURLCovers',
  )([
    ['*', '', true],
    ['*', '/', true],
    ['*', '/api', true],
    ['/*', '', false],
    ['/*', '/', true],
    ['/*', '/foo', true],
    ['/api', '/api', true],
    ['/apis', '/api', false],
    ['/api/v1', '/api', false],
    ['/api/v1', '/api/v1', true],
    ['/api/*', '/api/v1', true],
    ['/api/*', '/api', false],
    ['/api/*/*', '/api/v1', false],
    ['/*/v1/*', '/api/v1', false],
  ] as const)('%s covers %s: %s', (owner, asked, want) => expect(urlCovers(owner, asked)).toBe(want));

  upstreamEach(COMPACT, 'TestCompactRules')(upstream.compact.cases)('$name', ({ rules, expected }) => {
    const sorted = (list: readonly object[]) => list.map((rule) => JSON.stringify(rule, FIELDS)).toSorted();
    expect(sorted(compactRules(rules as readonly PolicyRule[]))).toEqual(sorted(expected));
  });

  const FIELDS = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'];

  upstreamEach(COMPACT, 'TestIsSimpleResourceRule')(upstream.compact.simple)('$name', ({ rule, simple }) => {
    expect(isSimple(rule as PolicyRule)).toBe(simple);
  });
});

const ROLES = { group: 'rbac.authorization.k8s.io', version: 'v1', plural: 'roles' };
const API = 'rbac.authorization.k8s.io/v1';
const user = (name: string, ...groups: readonly string[]): UserInfo => ({ name, groups });

function roleOf(kind: string, name: string, rules: readonly PolicyRule[]): KubernetesObject {
  return { apiVersion: API, kind, metadata: { name }, rules: rules.map((rule) => ({ ...rule })) };
}

function bindingOf(kind: string, name: string, roleKind: string, who: string): KubernetesObject {
  const apiGroup = ROLES.group;
  const roleRef = { apiGroup, kind: roleKind, name };
  return {
    apiVersion: API,
    kind,
    metadata: { name: `${name}-${who}` },
    roleRef,
    subjects: [{ kind: 'User', apiGroup, name: who }],
  };
}

/** Steve may escalate and bind, Alice may do everything in her namespace, Bob may write roles. */
function world(): AskedServer {
  const server = new AskedServer('alone');
  const make = (plural: string, body: KubernetesObject): void => {
    const namespace = plural.startsWith('cluster') ? {} : { namespace: 'default' };
    expect(server.ask({ verb: 'create', resource: { ...ROLES, plural }, ...namespace, body }).code).toBe(201);
  };
  const apiGroups = [ROLES.group];
  const write = ['create', 'update', 'patch', 'get'];
  const resources = ['roles', 'rolebindings'];
  make('clusterroles', roleOf('ClusterRole', 'writer', [{ apiGroups, resources, verbs: write }]));
  make(
    'clusterroles',
    roleOf('ClusterRole', 'free', [{ apiGroups, resources: ['roles', 'clusterroles'], verbs: ['escalate', 'bind'] }]),
  );
  make('clusterroles', roleOf('ClusterRole', 'all', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]));
  for (const [role, who] of [
    ['writer', 'bob'],
    ['writer', 'steve'],
    ['free', 'steve'],
    ['all', 'alice'],
  ] as const)
    make('rolebindings', bindingOf('RoleBinding', role, 'ClusterRole', who));
  return server;
}

describe('who gives away what they do not have', () => {
  const CASES = [
    ['superuser', user('superuser', 'system:masters'), true],
    ['bob', user('bob', 'system:authenticated'), false],
    ['steve', user('steve', 'system:authenticated'), true],
    ['alice', user('alice', 'system:authenticated'), true],
  ] as const;

  upstreamEach(source('pkg/registry/rbac/role/policybased/storage_test.go'), 'TestEscalation')(CASES)(
    '%s',
    (_, who, allowed) => {
      const server = world();
      const at = { resource: ROLES, namespace: 'default' };
      const body = roleOf('Role', 'myrole', [{ apiGroups: [''], verbs: ['get'], resources: ['pods'] }]);
      const made = server.ask({ ...at, verb: 'create', body }, who);
      expect(made.code).toBe(allowed ? 201 : 403);
      if (!allowed) {
        expect(stringAt(made.body, 'message')).toBe(
          'roles.rbac.authorization.k8s.io "myrole" is forbidden: user "bob" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["pods"], Verbs:["get"]}',
        );
        server.ask({ ...at, verb: 'create', body: roleOf('Role', 'myrole', []) });
      }
      expect(
        server.ask(
          {
            ...at,
            verb: 'update',
            name: 'myrole',
            body: roleOf('Role', 'myrole', [{ apiGroups: [''], verbs: ['get', 'list'], resources: ['pods'] }]),
          },
          who,
        ).code,
      ).toBe(allowed ? 200 : 403);
    },
  );

  it('is refused for a binding too, and where there is no such role', () => {
    const server = world();
    const bind = (role: string, who: UserInfo) =>
      server.ask(
        {
          verb: 'create',
          resource: { ...ROLES, plural: 'rolebindings' },
          namespace: 'default',
          body: bindingOf('RoleBinding', role, 'ClusterRole', 'eve'),
        },
        who,
      );
    expect(stringAt(bind('all', CASES[1][1]).body, 'message')).toContain(
      'rolebindings.rbac.authorization.k8s.io "all-eve" is forbidden: user "bob" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:',
    );
    expect(stringAt(bind('nothing', CASES[1][1]).body, 'message')).toBe(
      'clusterroles.rbac.authorization.k8s.io "nothing" not found',
    );
    expect(bind('writer', CASES[1][1]).code).toBe(201);
    expect(bind('all', CASES[2][1]).code).toBe(201);
  });

  const pod = (metadata: object, more: object = {}): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'foo', annotations: {}, ownerReferences: [], ...metadata },
    ...more,
  });

  upstreamEach(
    source('pkg/registry/rbac/helpers_test.go'),
    'TestIsOnlyMutatingGCFields',
  )([
    ['same', pod({}), pod({}), true],
    ['different managedFields', pod({}), pod({ managedFields: [{ manager: 'manager' }] }), true],
    ['only annotations', pod({ annotations: { foo: 'bar' } }), pod({}), false],
    ['only other', pod({}, { spec: { restartPolicy: 'Always' } }), pod({}), false],
    ['only ownerRef', pod({ ownerReferences: [{ name: 'foo' }] }), pod({}), true],
    ['ownerRef and finalizer', pod({ ownerReferences: [{ name: 'foo' }], finalizers: ['final'] }), pod({}), true],
    [
      'and annotations',
      pod({ ownerReferences: [{ name: 'foo' }], finalizers: ['final'], annotations: { foo: 'bar' } }),
      pod({}),
      false,
    ],
    [
      'and other',
      pod({ ownerReferences: [{ name: 'foo' }], finalizers: ['final'] }, { spec: { restartPolicy: 'Always' } }),
      pod({}),
      false,
    ],
  ] as const)('%s', (_, object, old, want) => expect(isCollectorsChange(object, old)).toBe(want));

  upstreamLeftOut(source('pkg/registry/rbac/helpers_test.go'), {
    'TestIsOnlyMutatingGCFields/and nil': 'what is new is asked about elsewhere',
    TestNewMetadataFields: 'reminds the authors of upstream when the metadata gets a field',
  });
  upstreamLeftOut(source('pkg/registry/rbac/clusterrole/policybased/storage_test.go'), {
    TestEscalation: { count: 4, reason: 'the same as for roles, by the same function' },
  });
});
