import { useState } from 'react';
import type { Path } from '../../../base/json.ts';
import type { Schema } from '../../../openapi/schema.ts';
import { useText } from '../../i18n.ts';
import { useForm } from './form-context.ts';

const BEGIN_BY_THEMSELVES: ReadonlySet<Schema['type']> = new Set(['object', 'array', 'boolean']);

/** A value that must be typed before it can be written. */
export function mustBeTyped({ type }: Schema): boolean {
  return !BEGIN_BY_THEMSELVES.has(type);
}

/** Adds fields that begin by themselves; `refused` says why the last one was not added. */
export function useBegin(): {
  readonly begin: (path: Path, schema: Schema) => void;
  readonly refused: string | undefined;
} {
  const { start, edit } = useForm();
  const t = useText();
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const begin = (path: Path, schema: Schema) => {
    start(path, schema).then(
      (edits) => setRefused(edits === undefined ? t('inspector:noStart') : edit(edits)),
      (error: unknown) => setRefused(String(error)),
    );
  };
  return { begin, refused };
}
