import { ADDRESSES } from './addresses.ts';
import { AUTHORIZATION } from './authorizer.ts';
import { CONVERSIONS } from './conversions.ts';
import { NAMED_FORMATS } from './formats.ts';
import { JSON_PATCH } from './json-patch.ts';
import { KUBERNETES } from './kubernetes.ts';
import { LISTS } from './lists.ts';
import type { Implementation } from './operators.ts';
import { OPERATORS } from './operators.ts';
import { SEMVERS } from './semver.ts';
import { STRINGS } from './strings.ts';
import { TIMES } from './times.ts';
import { URLS } from './urls.ts';

/** What the functions of the libraries do, by name. */
export const IMPLEMENTATIONS: Readonly<Record<string, Implementation>> = {
  ...OPERATORS,
  ...CONVERSIONS,
  ...STRINGS,
  ...LISTS,
  ...KUBERNETES,
  ...ADDRESSES,
  ...SEMVERS,
  ...URLS,
  ...TIMES,
  ...NAMED_FORMATS,
  ...AUTHORIZATION,
  ...JSON_PATCH,
};
