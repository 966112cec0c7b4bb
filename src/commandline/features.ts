import { parseArgs } from 'node:util';
import { featureGates } from '../simulator/release/feature-gates.ts';
import { columnsOf } from '../simulator/kubectl/output.ts';
import { UsageError } from './command.ts';
import type { CommandlineCommand } from './command.ts';

/** The feature gates of the pinned release: stage, default, and whether Drydock's code asks for what they switch. */
export const features: CommandlineCommand = {
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: { output: { type: 'string', short: 'o', default: 'text' } },
    });
    const gates = featureGates();
    if (values.output === 'json') await io.write(`${JSON.stringify(gates)}\n`);
    else if (values.output === 'text') {
      const head = ['NAME', 'STAGE', 'DEFAULT', 'LOCKED', 'SINCE', 'IN DRYDOCK'];
      const lines = gates.map(({ name, stage, isOn, isLocked, since, isModelled }) => [
        name,
        stage,
        isOn ? 'on' : 'off',
        String(isLocked),
        since,
        isModelled ? 'as by default' : '<none>',
      ]);
      await io.write(columnsOf([head, ...lines]));
    } else throw new UsageError(io.messages.unknownFormat(values.output, 'text, json'));
    return 0;
  },
};
