import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import type { DeclarativeTable, DeclarativeUpdate } from '../testing/declarative-table.ts';
import { judgeTables } from '../testing/declarative-table.ts';
import { validateRequestApproval, validateRequestStatus } from './certificatesigningrequest.status.ts';
import { certificateSigningRequestStrategy as strategy } from './certificatesigningrequest.strategy.ts';
import { certificateSigningRequest } from './certificatesigningrequest.ts';

const given = (types: readonly string[], reason?: string): JsonObject => ({
  status: {
    conditions: types.map((type) => ({ type, status: 'True', ...(reason === undefined ? {} : { reason }) })),
  },
});
const BOTH = ['Approved', 'Denied'];
const CONDITIONS = 'status.conditions: Invalid value';
const expiring = (expirationSeconds: number): JsonObject => ({ ...given(BOTH), spec: { expirationSeconds } });

type Rows = readonly [where: readonly string[], ...row: DeclarativeUpdate];
const EVERYWHERE = ['/', '/approval', '/status'];
const UPDATES: readonly Rows[] = [
  [EVERYWHERE, 'no change in conditions - valid', given(['Approved']), given(['Approved'])],
  [EVERYWHERE, 'ratcheting: approved+denied conditions unchanged - valid', given(BOTH), given(BOTH)],
  [EVERYWHERE, 'ratcheting: approved+denied conditions, change spec - valid', expiring(3600), expiring(7200)],
  [
    EVERYWHERE,
    'ratcheting: approved+denied conditions, add failed condition - valid',
    given(BOTH),
    given([...BOTH, 'Failed']),
  ],
  [
    EVERYWHERE,
    'ratcheting: approved+denied conditions, swapped order - valid',
    given(BOTH),
    given(['Denied', 'Approved']),
  ],
  [['/approval'], 'add approved condition - valid', {}, given(['Approved'])],
  [['/approval'], 'add approved+denied conditions - invalid', {}, given(BOTH), CONDITIONS],
  [
    ['/approval'],
    'ratcheting: approved+denied conditions, modify condition reason - valid',
    given(BOTH, 'OldReason'),
    given(BOTH, 'NewReason'),
  ],
  [
    ['/status'],
    'ratcheting: allow existing duplicate types - valid',
    given(['Approved', 'Approved', 'Denied', 'Denied']),
    given(['Denied', 'Denied', 'Approved', 'Approved']),
  ],
];

const BASE: DeclarativeTable = {
  strategy,
  folder: 'certificates/certificates',
  valid: {
    metadata: { name: 'test-csr' },
    spec: {
      request: stringAt(certificateSigningRequest.newObject('jane'), 'spec', 'request') ?? '',
      signerName: 'example.com/signer',
      usages: ['digital signature', 'key encipherment'],
    },
  },
};
const updates = (where: string, of: DeclarativeTable['strategy']): DeclarativeTable => ({
  ...BASE,
  strategy: of,
  update: [
    'TestValidateUpdateForDeclarative',
    UPDATES.filter(([places]) => places.includes(where)).map(([, name, ...row]) => [
      `${name} subresource=${where}`,
      ...row,
    ]),
  ],
});

judgeTables([
  {
    ...BASE,
    create: [
      'TestDeclarativeValidateForDeclarative',
      [
        ['status.conditions: none = valid', {}],
        ['status.conditions: Approved = valid', given(['Approved'])],
        ['status.conditions: Denied = valid', given(['Denied'])],
        ['status.conditions: Failed = valid', given(['Failed'])],
        ['status.conditions: Approved+Failed = valid', given(['Approved', 'Failed'])],
        ['status.conditions: Denied+Failed = valid', given(['Denied', 'Failed'])],
        ['status.conditions: Approved+Denied = invalid', given(BOTH), CONDITIONS],
        ['status.conditions: Denied+Approved = invalid', given(['Denied', 'Approved']), CONDITIONS],
      ],
    ],
  },
  updates('/', strategy),
  updates('/approval', { ...strategy, validate: () => [], validateUpdate: validateRequestApproval }),
  updates('/status', { ...strategy, validate: () => [], validateUpdate: validateRequestStatus }),
]);
