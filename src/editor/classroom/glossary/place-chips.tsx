import { GraduationCap, LayoutTemplate } from 'lucide-react';
import { useStore } from 'zustand';
import { parseGroupKind } from '../../../apimachinery/group-version-kind.ts';
import { Button } from '../../../kit/button.tsx';
import { showToast } from '../../../kit/toasts.ts';
import type { Place } from '../../../lessons/glossary/card.ts';
import type { Covered } from '../../../lessons/glossary/coverage.ts';
import { TEMPLATES } from '../../../workspace/templates.ts';
import type { Template } from '../../../workspace/templates.ts';
import { useText } from '../../i18n.ts';
import { KindIcon } from '../../icons/kind-icon.tsx';
import { closeDialog, page } from '../../page-state.ts';
import { settings } from '../../settings.ts';
import { useShelf } from '../../shelf-context.ts';
import { useSimulation } from '../../simulation/simulation-context.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { openLesson } from '../lead-lesson.ts';
import { useSay } from '../use-say.ts';
import type { LessonThere } from './lessons-there.ts';
import { partsOf, usePlaceText } from './place-text.ts';

interface CoveredProps {
  readonly covered: Covered;
  readonly lessons: readonly LessonThere[];
}

/** Where something is shown: lessons and templates can be opened. */
export function PlaceChips({ covered, lessons }: CoveredProps) {
  const t = useText();
  return (
    <>
      <div className="glossary-chips">
        <LessonButtons ids={covered.lessons} lessons={lessons} />
        {covered.places.map((place) => (
          <PlaceChip key={place} place={place} />
        ))}
      </div>
      {covered.coverage === 'missing' && <p className="glossary-missing">{t('glossary:noPlace')}</p>}
      {covered.coverage === 'card' && <p className="quiet">{t('glossary:cardOnly')}</p>}
      {covered.awaited.map((id) => (
        <p key={id} className="quiet">
          {t('glossary:awaited', { id })}
        </p>
      ))}
    </>
  );
}

export function LessonButtons({ ids, lessons }: { readonly ids: readonly string[] } & Pick<CoveredProps, 'lessons'>) {
  const t = useText();
  const say = useSay();
  const parts = { shelf: useShelf(), workspace: useWorkspace(), simulation: useSimulation() };
  return lessons
    .filter(({ lesson }) => ids.includes(lesson.id))
    .map(({ lesson }) => (
      <Button
        key={lesson.id}
        small
        onPress={() => {
          openLesson(lesson.id, 'lecture', parts).catch((error: unknown) =>
            showToast({ text: String(error), tone: 'bad' }),
          );
        }}
      >
        <GraduationCap size={14} aria-hidden />
        {t('glossary:openLesson', { id: lesson.id, title: say(lesson.title) })}
      </Button>
    ));
}

function PlaceChip({ place }: { readonly place: Place }) {
  const text = usePlaceText()(place);
  const registry = useWorkspaceState((state) => state.registry);
  const [type, name] = partsOf(place);
  const template = type === 'template' ? TEMPLATES.find(({ id }) => id === name) : undefined;
  if (template !== undefined) return <TemplateButton template={template} text={text} />;
  const kind = type === 'kind' ? parseGroupKind(name) : undefined;
  return (
    <span className="glossary-place">
      {kind && <KindIcon kind={kind} category={registry.get(kind).category} />} {text}
    </span>
  );
}

function TemplateButton({ template, text }: { readonly template: Template; readonly text: string }) {
  const shelf = useShelf();
  const language = useStore(settings, (state) => state.language);
  return (
    <Button
      small
      onPress={() => {
        closeDialog();
        page.setState({ welcome: false, edge: undefined });
        template.files().then(
          (files) => shelf.begin(template.title[language], files),
          (error: unknown) => showToast({ text: String(error), tone: 'bad' }),
        );
      }}
    >
      <LayoutTemplate size={14} aria-hidden />
      {text}
    </Button>
  );
}
