import type { RequestOptions } from '../messages.ts';
import { KubectlError } from './command.ts';
import type { Flags } from './flags.ts';
import { flag } from './flags.ts';

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/**
 * What `--validate` asks of the server.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go `GetValidationDirective`, 1.36.2.
 */
export function fieldValidationOf(flags: Flags): NonNullable<RequestOptions['fieldValidation']> {
  const value = flag(flags, 'validate') ?? 'strict';
  if (TRUE.includes(value) || value === 'strict') return 'Strict';
  if (value === 'warn') return 'Warn';
  if (FALSE.includes(value) || value === 'ignore') return 'Ignore';
  throw new KubectlError(
    `error: invalid - validate option "${value}"; must be one of: strict (or true), warn, ignore (or false)`,
  );
}
