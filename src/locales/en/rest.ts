import { actions } from './actions.ts';
import { authoring } from './authoring.ts';
import { classroom } from './classroom.ts';
import { commands } from './commands.ts';
import { connections } from './connections.ts';
import { dialogs } from './dialogs.ts';
import { exam } from './exam.ts';
import { experiment } from './experiment.ts';
import { fields } from './fields.ts';
import { files } from './files.ts';
import { glossary } from './glossary.ts';
import { importing } from './importing.ts';
import { inspector } from './inspector.ts';
import { keys } from './keys.ts';
import { manifest } from './manifest.ts';
import { models } from './models.ts';
import { palette } from './palette.ts';
import { presenting } from './presenting.ts';
import { problems } from './problems.ts';
import { refusals } from './refusals.ts';
import { references } from './references.ts';
import { rehearsal } from './rehearsal.ts';
import { simulation } from './simulation.ts';
import { traffic } from './traffic.ts';
import { yaml } from './yaml.ts';

/** The English sentences of everything that comes after the first picture, by area. */
export const rest = {
  actions,
  authoring,
  classroom,
  commands,
  connections,
  dialogs,
  exam,
  experiment,
  fields,
  files,
  glossary,
  importing,
  inspector,
  keys,
  manifest,
  models,
  palette,
  presenting,
  problems,
  refusals,
  references,
  rehearsal,
  simulation,
  traffic,
  yaml,
};
