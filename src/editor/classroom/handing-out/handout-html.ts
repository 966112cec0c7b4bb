import { printedPage } from '../../simulation/keep/printed-page.ts';
import { escaped } from '../../simulation/keep/step-svg.ts';

/** The same in one or two languages, that of the page first. */
export type InLanguages = readonly { readonly lang: string; readonly text: string }[];

export interface HandoutQuestion {
  readonly ask: InLanguages;
  /** What may be chosen; none where the answer is written. */
  readonly options: readonly InLanguages[];
  readonly answer: InLanguages;
  readonly explain: InLanguages;
}

export interface HandoutStep {
  readonly number: number;
  /** Where a chapter begins. */
  readonly chapter: InLanguages | undefined;
  readonly svg: string | undefined;
  readonly caption: InLanguages;
  readonly questions: readonly HandoutQuestion[];
}

export interface Handout {
  readonly title: InLanguages;
  readonly goals: readonly InLanguages[];
  readonly simplified: readonly InLanguages[];
  readonly steps: readonly HandoutStep[];
  readonly withAnswers: boolean;
  readonly words: Readonly<Record<'goals' | 'simplified' | 'name' | 'question' | 'answers' | 'about', string>>;
}

/** A lesson on paper: its pictures, its words, and room for the answers; the answers at the end, or not at all. */
export function handoutHtml({ title, goals, simplified, steps, withAnswers, words }: Handout): string {
  const [{ lang, text } = { lang: 'en', text: '' }] = title;
  let count = 0;
  const asked = steps.flatMap(({ questions }) => questions);
  const body = `<header>
<h1>${spoken(title, 'span')}</h1>
<p class="about">${escaped(words.about)}</p>
<p class="name">${escaped(words.name)} ______________________________</p>
${list(words.goals, goals)}
</header>
<main>
${steps.map((step) => stepMarkup(step, words, () => ++count)).join('\n')}
</main>
${withAnswers && asked.length > 0 ? answersMarkup(asked, words) : ''}
${list(words.simplified, simplified)}`;
  return printedPage({ lang, title: text, style: STYLE, body });
}

function spoken(said: InLanguages, tag: 'p' | 'span'): string {
  return said.map(({ lang, text }) => `<${tag} lang="${escaped(lang)}">${escaped(text)}</${tag}>`).join('\n');
}

function list(title: string, items: readonly InLanguages[]): string {
  if (items.length === 0) return '';
  return `<section><h2>${escaped(title)}</h2><ul>${items.map((item) => `<li>${spoken(item, 'p')}</li>`).join('')}</ul></section>`;
}

function stepMarkup(
  { number, chapter, svg, caption, questions }: HandoutStep,
  words: Handout['words'],
  next: () => number,
): string {
  return `${chapter === undefined ? '' : `<h2 class="chapter">${spoken(chapter, 'span')}</h2>`}
<figure>
${svg ?? ''}
<figcaption><span class="number">${number}</span><div>${spoken(caption, 'p')}</div></figcaption>
</figure>
${questions.map((question) => questionMarkup(question, next(), words)).join('\n')}`;
}

function questionMarkup({ ask, options }: HandoutQuestion, number: number, words: Handout['words']): string {
  const choices = options.map((option) => `<li>${spoken(option, 'p')}</li>`).join('');
  return `<section class="question">
<h3>${escaped(words.question)} ${number}</h3>
${spoken(ask, 'p')}
${choices === '' ? '<p class="blank">&nbsp;</p>' : `<ul class="options">${choices}</ul>`}
</section>`;
}

function answersMarkup(questions: readonly HandoutQuestion[], words: Handout['words']): string {
  const items = questions.map(
    ({ answer, explain }) => `<li>${spoken(answer, 'p')}<div>${spoken(explain, 'p')}</div></li>`,
  );
  return `<section class="answers"><h2>${escaped(words.answers)}</h2><ol>${items.join('')}</ol></section>`;
}

const STYLE = `
:root { color-scheme: light; font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', sans-serif; color: #17202c; background: #fff; }
body { max-width: 860px; margin: 0 auto; padding: 24px; }
h1 { margin: 0 0 4px; font-size: 26px; }
h1 span, .chapter span { display: block; }
h1 span + span, .chapter span + span { color: #4b5a6b; font-size: 0.75em; }
h2 { margin: 24px 0 8px; font-size: 19px; }
h3 { margin: 0 0 4px; font-size: 14px; color: #1d5fc4; }
p { margin: 0; }
p + p { color: #4b5a6b; font-size: 14px; }
.about { color: #4b5a6b; }
.name { margin: 16px 0; color: #17202c; font-size: 16px; }
li { margin: 4px 0; }
figure { margin: 0 0 16px; border: 1px solid #dde3ea; border-radius: 10px; overflow: hidden; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { display: grid; grid-template-columns: auto 1fr; gap: 12px; align-items: baseline; padding: 10px 14px; }
figure svg + figcaption { border-top: 1px solid #dde3ea; }
.number { display: inline-grid; place-items: center; min-width: 26px; height: 26px; border-radius: 13px; background: #1d5fc4; color: #fff; font-weight: 700; font-size: 13px; }
.question { margin: 0 0 16px; padding: 12px 16px; border: 2px solid #1d5fc4; border-radius: 10px; break-inside: avoid; }
.options { list-style: none; padding: 0; }
.options li::before { content: '\\25A1'; float: left; margin-right: 10px; }
.blank { height: 48px; border-bottom: 1px solid #9aa7b5; }
.answers { break-before: page; }
.answers div { color: #4b5a6b; }
@media print { body { max-width: none; padding: 0; font-size: 12px; } figure { max-width: 150mm; margin-inline: auto; } }
`;
