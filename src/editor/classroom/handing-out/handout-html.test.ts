import { expect, it } from 'vitest';
import { handoutHtml } from './handout-html.ts';
import type { Handout, InLanguages } from './handout-html.ts';

const said = (en: string, zh: string): InLanguages => [
  { lang: 'en', text: en },
  { lang: 'zh-CN', text: zh },
];
const handout: Handout = {
  title: said('Who <asks>?', '谁问？'),
  goals: [said('Know', '知道')],
  simplified: [],
  steps: [
    {
      number: 1,
      chapter: said('Begin', '开始'),
      svg: '<svg id="one"></svg>',
      caption: said('First', '第一'),
      questions: [
        { ask: said('How many?', '几个？'), options: [], answer: said('three', '三'), explain: said('So', '因此') },
        {
          ask: said('Which?', '哪个？'),
          options: [said('this', '这'), said('that', '那')],
          answer: said('that', '那'),
          explain: said('Why', '为何'),
        },
      ],
    },
    { number: 2, chapter: undefined, svg: undefined, caption: said('Second', '第二'), questions: [] },
  ],
  withAnswers: false,
  words: { goals: 'Goals', simplified: 'Simpler', name: 'Name', question: 'Question', answers: 'Answers', about: 'C7' },
};

it('has both languages, room for answers, and none of them where they are not wanted', () => {
  const html = handoutHtml(handout);
  for (const word of ['Who &lt;asks&gt;?', '谁问？', 'Begin', '第二', 'How many?', '哪个？', 'this', '那'])
    expect(html).toContain(word);
  expect(html).not.toContain('<asks>');
  expect(html).toContain('<svg id="one">');
  expect(html.match(/<h3>Question \d<\/h3>/g)).toEqual(['<h3>Question 1</h3>', '<h3>Question 2</h3>']);
  expect(html.match(/class="blank"/g)).toHaveLength(1);
  expect(html.match(/<ul class="options">/g)).toHaveLength(1);
  for (const word of ['three', '因此', 'Answers']) expect(html).not.toContain(word);
  // It needs nothing from elsewhere.
  expect(html).not.toMatch(/(?:src|href)=/);
});

it('has the answers on a page behind, in the order of the questions', () => {
  const html = handoutHtml({ ...handout, withAnswers: true });
  const answers = html.slice(html.indexOf('class="answers"'));
  expect(answers.indexOf('three')).toBeGreaterThan(0);
  expect(answers.indexOf('Why')).toBeGreaterThan(answers.indexOf('因此'));
});
