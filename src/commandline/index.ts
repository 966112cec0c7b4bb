import type { CommandlineCommand } from './command.ts';
import { convert } from './convert.ts';
import { diff } from './diff.ts';
import { experiment } from './experiment/experiment.ts';
import { exportManifests } from './export.ts';
import { fix } from './fix.ts';
import { graph } from './graph.ts';
import { serve } from './serve.ts';
import { simulate } from './simulate.ts';
import { validate } from './validate.ts';

/** Every command of `drydock`, in the order of the help text. */
export const COMMANDLINE_COMMANDS: readonly CommandlineCommand[] = [
  graph,
  validate,
  fix,
  diff,
  convert,
  exportManifests,
  simulate,
  experiment,
  serve,
];
