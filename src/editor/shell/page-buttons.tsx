import { Keyboard, Languages, Monitor, Moon, PanelRight, Sun } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import { openDialog, usePage } from '../page-state.ts';
import { changeSettings, settings } from '../settings.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { nextTheme } from './panes.ts';

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** What belongs to the page and not to the design: language, light or dark, keys, the inspector. */
export function PageButtons() {
  const t = useText();
  const { language, theme, inspectorOpen } = useStore(settings);
  const hasInspector = usePage((state) => state.mode === 'design');
  const isEmpty = useWorkspaceState(({ design }) => design.files.size === 0);
  const Icon = THEME_ICONS[theme];
  return (
    <>
      <IconButton
        label={t('shell:otherLanguage')}
        icon={<Languages size={16} />}
        onPress={() => changeSettings({ language: language === 'en' ? 'zh-CN' : 'en' })}
      />
      <IconButton
        label={t('shell:theme', { theme: t(`shell:theme.${theme}`), next: t(`shell:theme.${nextTheme(theme)}`) })}
        icon={<Icon size={16} />}
        onPress={() => changeSettings({ theme: nextTheme(theme) })}
      />
      <IconButton
        label={t('shell:keys')}
        hotkey="?"
        icon={<Keyboard size={16} />}
        onPress={() => openDialog({ type: 'keys' })}
      />
      {hasInspector && !isEmpty && (
        <IconButton
          label={inspectorOpen ? t('shell:inspectorClose') : t('shell:inspectorOpen')}
          icon={<PanelRight size={16} />}
          onPress={() => changeSettings({ inspectorOpen: !inspectorOpen })}
        />
      )}
    </>
  );
}
