import type { Implementation } from './operators.ts';
import { text } from './strings.ts';

/** Source: staging/src/k8s.io/apiserver/pkg/cel/library/jsonpatch.go, 1.36.2. */
export const JSON_PATCH: Readonly<Record<string, Implementation>> = {
  'jsonpatch.escapeKey': ([key]) => text(key).replaceAll('~', '~0').replaceAll('/', '~1'),
};
