import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import { compareStrings } from '../../../../base/compare.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { NONE, textAt, validateEnum } from '../../validation/fields.ts';

const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Source: pkg/apis/core/types.go `Signal`, 1.36. */
const LINUX_SIGNALS: readonly string[] = [
  ...'SIGABRT SIGALRM SIGBUS SIGCHLD SIGCLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGIO SIGIOT SIGKILL SIGPIPE'.split(
    ' ',
  ),
  ...'SIGPOLL SIGPROF SIGPWR SIGQUIT SIGSEGV SIGSTKFLT SIGSTOP SIGSYS SIGTERM SIGTRAP SIGTSTP SIGTTIN'.split(' '),
  ...'SIGTTOU SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ SIGRTMIN SIGRTMAX'.split(' '),
  ...numbers(1, 15).map((number) => `SIGRTMIN+${number}`),
  ...numbers(1, 14).map((number) => `SIGRTMAX-${number}`),
].sort(compareStrings);

const WINDOWS_SIGNALS = ['SIGKILL', 'SIGTERM'] as const;

/** The signal that stops a container, which depends on the operating system that the Pod names. */
export function validateStopSignal(
  signal: string,
  path: ValidationPath,
  os: JsonValue | undefined,
): readonly FieldError[] {
  if (os === undefined) return [forbidden(path, 'may not be set for containers with empty `spec.os.name`')];
  const name = textAt(os, 'name');
  if (name === 'windows') return validateEnum(signal, path, WINDOWS_SIGNALS);
  return name === 'linux' ? validateEnum(signal, path, LINUX_SIGNALS) : NONE;
}
