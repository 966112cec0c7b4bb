import { describe, expect } from 'vitest';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { Configuration, ConfChange } from './conf-change.ts';
import { simpleChange } from './conf-change.ts';
import { describeProgress } from './progress.ts';
import { committedIndex, voteResult } from './quorum.ts';
import { describeConfiguration } from './raft.ts';
import upstream from './testdata/membership.json' with { type: 'json' };

const { release } = upstream;
const TYPES: Readonly<Record<string, ConfChange['type']>> = { v: 'add', l: 'add-learner', r: 'remove', u: 'update' };

describe('changes of who is a member', () => {
  const { source: file, scripts, leftOut } = upstream.confchange;
  const source = { area: 'etcd', file, release } as const;

  upstreamEach(source, 'TestConfChangeDataDriven')(scripts.map(({ name, steps }) => [name, steps] as const))(
    '%s',
    (_name, steps) => {
      let now: Configuration = { voters: [], learners: [], progress: new Map() };
      for (const [last, [command = '', output]] of steps.entries()) {
        const words = command.split(/\s+/).slice(1);
        const changes = words.map((word) => ({ type: TYPES[word[0]!]!, id: Number(word.slice(1)) }));
        const changed = simpleChange(now, last, changes);
        if (typeof changed !== 'string') now = changed;
        const lines = [...now.progress].map(([id, one]) => `${id}: ${describeProgress(one, Number.MAX_SAFE_INTEGER)}`);
        const shown = typeof changed === 'string' ? changed : [describeConfiguration(now), ...lines].join('\n');
        expect(`${command}\n${shown}`).toBe(`${command}\n${output}`);
      }
    },
  );
  upstreamLeftOut(source, leftOut);
});

describe('what a majority decides', () => {
  const { source: file, cases, leftOut } = upstream.quorum;
  const source = { area: 'etcd', file, release } as const;
  const SHOWN = { won: 'VoteWon', lost: 'VoteLost', pending: 'VotePending' } as const;

  upstreamEach(source, 'TestDataDriven')(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const words = (key: string) =>
      (new RegExp(`\\b${key}=\\(([^)]*)\\)`).exec(one.command)?.[1] ?? '')
        .split(',')
        .flatMap((word) => word.trim() || []);
    const voters = words('cfg').map(Number);
    if (one.command.startsWith('vote')) {
      const votes = words('votes').flatMap((vote, at) => (vote === '_' ? [] : [[voters[at]!, vote === 'y'] as const]));
      return expect(SHOWN[voteResult(voters, new Map(votes))]).toBe(one.want);
    }
    const indexes = words('idx');
    const index = committedIndex(voters, (id) => {
      const word = indexes[voters.indexOf(id)];
      return word === undefined || word === '_' ? undefined : Number(word);
    });
    expect(Number.isFinite(index) ? String(index) : '\u221e').toBe(one.want.replace('<empty majority quorum>', ''));
  });
  upstreamLeftOut(source, leftOut);
});
