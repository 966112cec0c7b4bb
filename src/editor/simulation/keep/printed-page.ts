import { escaped } from './step-svg.ts';

interface Printed {
  readonly lang: string;
  readonly title: string;
  readonly style: string;
  /** Markup. */
  readonly body: string;
}

/** A page that needs nothing else: to read, to print, to hand out. */
export function printedPage({ lang, title, style, body }: Printed): string {
  return `<!doctype html>
<html lang="${escaped(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
