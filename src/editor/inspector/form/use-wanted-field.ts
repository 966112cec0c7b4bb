import { useEffect } from 'react';
import type { RefObject } from 'react';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import type { Path } from '../../../base/json.ts';
import type { RecordId } from '../../../design/design.ts';
import { usePage } from '../../page-state.ts';
import type { FieldRequest } from '../../page-state.ts';

/** Requests that a form answered: coming back to an object later moves nothing. */
let answered = 0;
/** Groups on the way open one after another, a frame each. */
const MOST_FRAMES = 40;
const HIGHLIGHT_MS = 2_000;

/** The field of this record that another pane asked for; its row is brought into view, focused and marked once. */
export function useWantedField(form: RefObject<HTMLElement | null>, record: RecordId): Path | undefined {
  const wanted = usePage(({ field }) => (field?.record === record ? field : undefined));
  useEffect(() => {
    if (!wanted || wanted.request <= answered || wanted.path.length === 0) return undefined;
    let frames = 0;
    let frame = requestAnimationFrame(function look() {
      const element = form.current && rowOf(form.current, wanted, ++frames > MOST_FRAMES);
      if (!element && frames <= MOST_FRAMES) frame = requestAnimationFrame(look);
      else {
        answered = wanted.request;
        if (element) show(element);
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [wanted, form]);
  return wanted?.path;
}

/** The row of the field; of its nearest parent where it has none after all. */
function rowOf(form: HTMLElement, { path }: FieldRequest, settle: boolean): HTMLElement | undefined {
  const rows = [...form.querySelectorAll<HTMLElement>('[data-field]')];
  for (let length = path.length; length > 0; length--) {
    const name = formatFieldPath(path.slice(0, length));
    const row = rows.find(({ dataset }) => dataset['field'] === name);
    if (row || !settle) return row;
  }
  return undefined;
}

function show(row: HTMLElement): void {
  row.scrollIntoView({ block: 'center' });
  row.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true });
  row.classList.add('form-found');
  setTimeout(() => row.classList.remove('form-found'), HIGHLIGHT_MS);
}
