import { dialogs } from './dialogs.ts';
import { fields } from './fields.ts';
import { files } from './files.ts';
import { inspector } from './inspector.ts';
import { keys } from './keys.ts';
import { palette } from './palette.ts';
import { problems } from './problems.ts';
import { rehearsal } from './rehearsal.ts';
import { simulation } from './simulation.ts';
import { yaml } from './yaml.ts';

/** The English sentences of everything that comes after the first picture, by area. */
export const rest = {
  dialogs,
  fields,
  files,
  inspector,
  keys,
  palette,
  problems,
  rehearsal,
  simulation,
  yaml,
};
