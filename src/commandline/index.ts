import type { CommandlineCommand } from './command.ts';

/** Every command of `drydock`, in the order of the help text. Each brings what it needs: a check before a commit loads no simulator. */
export const COMMANDLINE_COMMANDS: ReadonlyMap<string, () => Promise<CommandlineCommand>> = new Map([
  ['graph', async () => (await import('./graph.ts')).graph],
  ['validate', async () => (await import('./validate.ts')).validate],
  ['fix', async () => (await import('./fix.ts')).fix],
  ['diff', async () => (await import('./diff.ts')).diff],
  ['convert', async () => (await import('./convert.ts')).convert],
  ['export', async () => (await import('./export.ts')).exportManifests],
  ['simulate', async () => (await import('./simulate.ts')).simulate],
  ['experiment', async () => (await import('./experiment/experiment.ts')).experiment],
  ['serve', async () => (await import('./serve.ts')).serve],
]);
