import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Writes `embed.html` beside the page: the same page, which looks at nothing that was kept and keeps nothing. */
export function embeddedPage(): Plugin {
  return {
    name: 'drydock:embedded-page',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const page = await readFile(join(dir, 'index.html'), 'utf8');
      const embedded = page.replace('<html lang="en">', '<html lang="en" data-embed>');
      if (embedded === page) this.error('index.html has no <html lang="en">');
      // What stands in somebody else's page is not installed.
      await writeFile(join(dir, 'embed.html'), embedded.replace(/\s*<link rel="manifest"[^>]*>/, ''));
    },
  };
}
