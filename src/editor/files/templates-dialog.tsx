import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import './files.css';
import { Dialog } from '../../kit/dialog.tsx';
import { showToast } from '../../kit/toasts.ts';
import { TEMPLATES, TEMPLATE_CATEGORIES } from '../../workspace/templates.ts';
import type { Template } from '../../workspace/templates.ts';
import { useText } from '../i18n.ts';
import { closeDialog, page } from '../page-state.ts';
import { settings } from '../settings.ts';
import { useShelf } from '../shelf-context.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { previewOf } from './template-preview.ts';
import { shownTheme } from '../shown-theme.ts';

/** Designs to start from, each with its picture; one press opens a copy. */
export default function TemplatesDialog() {
  const t = useText();
  return (
    <Dialog title={t('files:templatesTitle')} closeLabel={t('shell:close')} onClose={closeDialog} huge>
      <p className="quiet">{t('files:templatesNote')}</p>
      {TEMPLATE_CATEGORIES.map((category) => {
        const own = TEMPLATES.filter((template) => template.category === category);
        if (own.length === 0) return null;
        return (
          <section key={category} className="gallery-group">
            <h3>{t(`files:category.${category}`)}</h3>
            <ul className="gallery">
              {own.map((template) => (
                <TemplateCard key={template.id} template={template} />
              ))}
            </ul>
          </section>
        );
      })}
    </Dialog>
  );
}

export function TemplateCard({ template }: { readonly template: Template }) {
  const shelf = useShelf();
  const language = useStore(settings, (state) => state.language);
  const preview = usePreview(template);
  const title = template.title[language];
  const open = () => {
    closeDialog();
    page.setState({ welcome: false, edge: undefined });
    template.files().then(
      (files) => shelf.begin(title, files),
      (error: unknown) => showToast({ text: String(error), tone: 'bad' }),
    );
  };
  return (
    <li>
      <button type="button" className="gallery-card" onClick={open}>
        <span className="gallery-picture">{preview !== undefined && <img src={preview} alt="" />}</span>
        <b>{title}</b>
        <span className="gallery-summary">{template.summary[language]}</span>
      </button>
    </li>
  );
}

function usePreview(template: Template): string | undefined {
  const registry = useWorkspaceState((state) => state.registry);
  const [preview, setPreview] = useState<string | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    previewOf(template, registry, shownTheme()).then(
      (picture) => wanted && setPreview(picture),
      // A card without its picture still opens.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [template, registry]);
  return preview;
}
