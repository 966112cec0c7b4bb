import { parseQuantity, quantityToNumber } from '../../../../apimachinery/quantity.ts';
import type { Text } from '../../../i18n.ts';

/** What a resource is counted in. */
export type ResourceUnit = 'cores' | 'bytes' | 'count';

/** Units that people write for each, smallest first; '' is the plain number. Source: core/v1 ResourceList, 1.36. */
export const UNITS: Readonly<Record<ResourceUnit, readonly string[]>> = {
  cores: ['m', ''],
  bytes: ['', 'Ki', 'Mi', 'Gi', 'Ti', 'k', 'M', 'G', 'T'],
  count: [],
};

/** What a field of this name counts: `memory`, `requests.storage` of a quota, `hugepages-2Mi`, `sizeLimit`. */
export function unitOf(resource: string): ResourceUnit {
  const name = resource.replace(/^(?:requests|limits)\./, '');
  if (name === 'cpu') return 'cores';
  const isBytes = /^(?:memory|storage|ephemeral-storage|sizeLimit|capacity|maximumVolumeSize)$|^hugepages-/.test(name);
  return isBytes || name.endsWith('/requests.storage') ? 'bytes' : 'count';
}

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** Thousandths of a core in one, and the least part of it that is told apart. */
const MILLI = 1000;

/** What a quantity means: parts of a core, or bytes in both ways of counting; undefined for a mere number. */
export function quantityWords(text: string, unit: ResourceUnit, t: Text, language: string): string | undefined {
  const quantity = parseQuantity(text);
  if (!quantity || unit === 'count') return undefined;
  const amount = quantityToNumber(quantity);
  const number = (value: number, digits = 2) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  if (unit === 'cores')
    return t('fields:cores', { count: amount, cores: number(amount, 3), milli: number(amount * MILLI, 0) });
  if (amount > 0 && amount < 1) return t('fields:lessThanByte', { amount: number(amount, 3) });
  let power = 0;
  while (power < BINARY.length && amount >= 1024 ** (power + 1)) power++;
  if (power === 0) return t('fields:bytes', { count: amount, bytes: number(amount, 0) });
  const decimal = Math.min(Math.floor(Math.log10(amount) / 3), 6);
  return t('fields:size', {
    binary: `${number(amount / 1024 ** power)} ${BINARY[power - 1]}B`,
    decimal: `${number(amount / 1000 ** decimal)} ${['', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'][decimal]}`,
  });
}

/** A quantity taken apart; undefined for those that are not a number and a suffix (`1e3`). */
export function splitQuantity(text: string): { readonly number: string; readonly suffix: string } | undefined {
  const [, number, suffix] = /^([+-]?(?:\d+\.?\d*|\.\d+))(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?)$/.exec(text) ?? [];
  return number === undefined || suffix === undefined ? undefined : { number, suffix };
}
