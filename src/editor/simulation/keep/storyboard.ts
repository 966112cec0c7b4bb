import { printedPage } from './printed-page.ts';
import { escaped } from './step-svg.ts';

/** One step of a storyboard. */
export interface Panel {
  readonly seq: number;
  readonly number: number;
  readonly time: string;
  /** How long nothing happened before it; where it is told as a jump. */
  readonly jump: string | undefined;
  readonly svg: string;
  /** In the language of the page first. */
  readonly captions: readonly { readonly lang: string; readonly text: string }[];
}

export interface StoryboardWords {
  readonly lang: string;
  readonly title: string;
  /** What was run, by which seed, and the hash of it. */
  readonly about: string;
  readonly print: string;
}

/** Steps of a run as one page. */
export function storyboardHtml(panels: readonly Panel[], { lang, title, about, print }: StoryboardWords): string {
  const body = `<header>
<h1>${escaped(title)}</h1>
<p>${escaped(about)}</p>
<p class="print">${escaped(print)}</p>
</header>
<main>
${panels.map(panelMarkup).join('\n')}
</main>`;
  return printedPage({ lang, title, style: STYLE, body });
}

function panelMarkup({ seq, number, time, jump, svg, captions }: Panel): string {
  const words = captions.map(({ lang, text }) => `<p lang="${escaped(lang)}">${escaped(text)}</p>`).join('\n');
  return `<figure id="step-${seq}">
${svg}
<figcaption>
<span class="number">${number}</span>
<div>${words}</div>
<small>${escaped(time)}${jump === undefined ? '' : ` · <b>${escaped(jump)}</b>`}</small>
</figcaption>
</figure>`;
}

const STYLE = `
:root { color-scheme: light; font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', sans-serif; color: #17202c; background: #fff; }
body { max-width: 1120px; margin: 0 auto; padding: 24px; }
header { margin-bottom: 24px; }
h1 { margin: 0 0 4px; font-size: 26px; }
header p { margin: 0; color: #4b5a6b; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 500px), 1fr)); gap: 24px; }
figure { margin: 0; border: 1px solid #dde3ea; border-radius: 10px; overflow: hidden; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { display: grid; grid-template-columns: auto 1fr auto; gap: 12px; align-items: baseline; padding: 10px 14px; border-top: 1px solid #dde3ea; }
figcaption p { margin: 0; }
figcaption p + p { color: #4b5a6b; font-size: 14px; }
figcaption small { color: #4b5a6b; white-space: nowrap; }
.number { display: inline-grid; place-items: center; min-width: 26px; height: 26px; border-radius: 13px; background: #1d5fc4; color: #fff; font-weight: 700; font-size: 13px; }
@media print { body { max-width: none; padding: 0; } main { grid-template-columns: 1fr 1fr; gap: 12px; } .print { display: none; } figcaption { font-size: 12px; } }
`;
