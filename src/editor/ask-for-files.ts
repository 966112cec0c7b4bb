interface Wanted {
  /** Endings, as the browser takes them: `.yaml,.yml`. */
  readonly accept?: string;
  readonly several?: boolean;
  /** A folder, with everything in it. */
  readonly folder?: boolean;
}

/** Asks for files of this machine; none where nobody chose any. */
export function askForFiles({ accept = '', several = false, folder = false }: Wanted): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.multiple = several;
    input.webkitdirectory = folder;
    input.addEventListener('cancel', () => resolve([]));
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.click();
  });
}
