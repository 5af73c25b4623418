import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { NavLink } from 'react-router';
import { homeOf, useApp, useMeta, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { hasPage, mayOpen, settings_places } from './pages';
import classes from './Settings.module.css';

/** Every page of the settings that the person may open, found by typing. */
export function SettingsTree() {
  const { t } = useText();
  const org = useOrganisation();
  const meta = useMeta();
  const [words, setWords] = useState('');
  const typed = words.trim().toLowerCase();
  const app = useApp();
  const found = settings_places.filter((place) => {
    if (app === null || !hasPage(place, app)) return false;
    if (!mayOpen(place, meta)) return false;
    const text = ['title', 'lead', 'words'].map((part) => t(`settings.${place.name}.${part}`)).join(' ');
    return `${text} ${t(`settings.group.${place.group}`)}`.toLowerCase().includes(typed);
  });
  const groups = [...new Set(found.map((place) => place.group))];
  return (
    <nav className={classes.tree} aria-label={t('settings.title')}>
      <TextInput
        size="xs"
        value={words}
        placeholder={t('settings.search')}
        aria-label={t('settings.search')}
        leftSection={<IconSearch size={14} />}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {groups.map((group) => (
        <section key={group} className={classes.group}>
          <h2 className={classes.groupTitle}>{t(`settings.group.${group}`)}</h2>
          {found.filter((place) => place.group === group).map((place) => (
            <NavLink key={place.path} className={classes.place} to={`${homeOf(org)}/settings/${place.path}`}>
              <span className={classes.placeIcon} aria-hidden="true">{place.icon}</span>
              {t(`settings.${place.name}.title`)}
            </NavLink>
          ))}
        </section>
      ))}
      {found.length === 0 && <p className={classes.nothing} role="status">{t('ui.nothing_found')}</p>}
    </nav>
  );
}
