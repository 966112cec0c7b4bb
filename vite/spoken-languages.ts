import type { Plugin } from 'vite';

/** The texts of react-aria, one file a language, in whichever of its packages. */
const TEXTS = /[\\/]react-(?:aria|aria-components|stately)[\\/].*[\\/]intl[\\/].*([a-z]{2}-[A-Z]{2})\.m?js$/;
const SPOKEN = ['en-US', 'zh-CN'];

/** Leaves out what react-aria would say in some thirty languages that the page does not speak. */
export function spokenLanguages(): Plugin {
  return {
    name: 'drydock:spoken-languages',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: TEXTS },
      handler(id) {
        const language = TEXTS.exec(id)?.[1];
        return language === undefined || SPOKEN.includes(language) ? undefined : 'export default {};';
      },
    },
  };
}
