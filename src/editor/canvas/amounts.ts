const GI = 2 ** 30;
const MI = 2 ** 20;

/** CPUs with at most two decimals: `1.25`. */
export function cpuText(milli: number): string {
  return String(Math.round(milli / 10) / 100);
}

/** `1.5Gi`, `300Mi`, `0`. */
export function memoryText(bytes: number): string {
  if (bytes === 0) return '0';
  return bytes >= GI ? `${Math.round((bytes / GI) * 10) / 10}Gi` : `${Math.max(1, Math.round(bytes / MI))}Mi`;
}
