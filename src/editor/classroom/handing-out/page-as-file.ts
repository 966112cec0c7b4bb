/**
 * The page as one file: where it is served, the file that lies beside it; where it is that file itself, the page as it was
 * before it began. Rejects where there is none.
 */
export async function pageAsFile(): Promise<string> {
  if (import.meta.env.MODE === 'portable') return ownPage();
  const response = await fetch(new URL('./drydock.html', location.href));
  if (!response.ok) throw new Error(`drydock.html: ${response.status}`);
  return response.text();
}

function ownPage(): string {
  const { head, body, documentElement } = document;
  const kept = [...head.children].filter((element) =>
    element.matches('meta[charset], meta[http-equiv], meta[name], link, title'),
  );
  const style = head.querySelector('style');
  const script = [...body.querySelectorAll('script')].find(({ type }) => type === '');
  if (style === null || script === undefined) throw new Error('not the page as one file');
  const embed = documentElement.dataset['embed'] === undefined ? '' : ' data-embed';
  return `<!doctype html>
<html lang="en"${embed}><head>${kept.map(({ outerHTML }) => outerHTML).join('\n')}${style.outerHTML}</head>
<body><div id="root"></div>
${script.outerHTML}</body></html>
`;
}
