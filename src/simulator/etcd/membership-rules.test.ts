import { describe, expect } from 'vitest';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { isReadyToAddVoter, isReadyToPromote, isReadyToRemoveVoter } from './membership-rules.ts';
import upstream from './testdata/membership.json' with { type: 'json' };

describe('who may be added, removed and made a voter', () => {
  const source = { area: 'etcd', file: upstream.source, release: upstream.release } as const;

  upstreamEach(source)(upstream.cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const { change, members, id, want } = one;
    const is =
      change === 'add'
        ? isReadyToAddVoter(members)
        : change === 'remove'
          ? isReadyToRemoveVoter(members, id)
          : isReadyToPromote(members);
    expect(is).toBe(want);
  });

  upstreamLeftOut(source, {
    'its other tables': {
      count: 60,
      reason: 'URLs, names and stores of members, which have one name here and no URL (an estimate of their number)',
    },
  });
});
