/** Whether the person asked the browser to save data: https://wicg.github.io/savedata/. */
export const savesData = (): boolean =>
  (navigator as { readonly connection?: { readonly saveData?: boolean } }).connection?.saveData === true;
