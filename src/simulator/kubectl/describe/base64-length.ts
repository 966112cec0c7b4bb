/** How many bytes a text in base 64 stands for. */
export function byteLength64(text: string): number {
  const letters = text.replaceAll(/[\s=]/g, '').length;
  return Math.floor((letters * 3) / 4);
}
