import type { KubectlCommand } from './command.ts';
import { apiResources } from './commands/api-resources.ts';
import { apply } from './commands/apply.ts';
import { attach } from './commands/attach.ts';
import { autoscale } from './commands/autoscale.ts';
import { canI } from './commands/can-i.ts';
import { CERTIFICATE_COMMANDS } from './commands/certificate.ts';
import { create } from './commands/create.ts';
import { CREATE_COMMANDS } from './commands/create-generators.ts';
import { createToken } from './commands/create-token.ts';
import { debug } from './commands/debug.ts';
import { remove } from './commands/delete.ts';
import { describeCommand } from './commands/describe.ts';
import { diff } from './commands/diff.ts';
import { DRAIN_COMMANDS } from './commands/drain.ts';
import { edit } from './commands/edit.ts';
import { events } from './commands/events.ts';
import { exec } from './commands/exec.ts';
import { explain } from './commands/explain.ts';
import { expose } from './commands/expose.ts';
import { get } from './commands/get.ts';
import { annotate, label } from './commands/label.ts';
import { logs } from './commands/logs.ts';
import { NOT_HERE } from './commands/not-here.ts';
import { patch } from './commands/patch.ts';
import { portForward } from './commands/port-forward.ts';
import { proxy } from './commands/proxy.ts';
import { replace } from './commands/replace.ts';
import { ROLLOUT_COMMANDS } from './commands/rollout.ts';
import { run } from './commands/run.ts';
import { scale } from './commands/scale.ts';
import { SERVER_COMMANDS } from './commands/server-info.ts';
import { setImage } from './commands/set-image.ts';
import { taint } from './commands/taint.ts';
import { TOP_COMMANDS } from './commands/top.ts';
import { wait } from './commands/wait.ts';

/** Every command of the kubectl in process; a name of several words comes before its first word. */
export const COMMANDS: readonly KubectlCommand[] = [
  apply,
  ...CREATE_COMMANDS,
  createToken,
  create,
  replace,
  diff,
  run,
  expose,
  autoscale,
  get,
  describeCommand,
  explain,
  logs,
  exec,
  attach,
  portForward,
  proxy,
  debug,
  remove,
  scale,
  setImage,
  ...ROLLOUT_COMMANDS,
  label,
  annotate,
  taint,
  ...DRAIN_COMMANDS,
  patch,
  edit,
  ...CERTIFICATE_COMMANDS,
  wait,
  events,
  ...TOP_COMMANDS,
  apiResources,
  canI,
  ...SERVER_COMMANDS,
  ...NOT_HERE,
];
