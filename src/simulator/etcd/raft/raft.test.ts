import { describe, expect } from 'vitest';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import upstream from './testdata/interaction.json';
import { Interaction } from './testing/interaction.ts';

interface Script {
  readonly name: string;
  readonly steps: readonly (readonly [command: string, output: string])[];
}

const scripts = upstream.scripts as unknown as readonly Script[];
const source = { area: 'etcd', file: upstream.source, release: upstream.release } as const;

describe('the Raft core does what the scripts of the library say', () => {
  upstreamEach(source, 'TestInteraction')(scripts)('$name', ({ steps }) => {
    const interaction = new Interaction();
    for (const [command, output] of steps)
      expect(`${command}\n${interaction.run(command)}`).toBe(`${command}\n${output}`);
  });
  upstreamLeftOut(source, upstream.leftOut);
});
