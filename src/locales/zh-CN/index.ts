import type { en } from '../en/index.ts';
import type { Translation } from '../ids.ts';
import { canvas } from './canvas.ts';
import { commands } from './commands.ts';
import { connections } from './connections.ts';
import { dialogs } from './dialogs.ts';
import { fields } from './fields.ts';
import { files } from './files.ts';
import { importing } from './importing.ts';
import { inspector } from './inspector.ts';
import { keys } from './keys.ts';
import { manifest } from './manifest.ts';
import { palette } from './palette.ts';
import { problems } from './problems.ts';
import { references } from './references.ts';
import { refusals } from './refusals.ts';
import { rehearsal } from './rehearsal.ts';
import { shell } from './shell.ts';
import { simulation } from './simulation.ts';
import { yaml } from './yaml.ts';

/** Every sentence in simplified Chinese; one that is missing does not compile. */
export const zhCN: { readonly [Area in keyof typeof en]: Translation<(typeof en)[Area]> } = {
  canvas,
  commands,
  connections,
  dialogs,
  fields,
  files,
  importing,
  inspector,
  keys,
  manifest,
  palette,
  problems,
  references,
  refusals,
  rehearsal,
  shell,
  simulation,
  yaml,
};
