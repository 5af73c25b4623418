import { Menu, UnstyledButton } from '@mantine/core';
import {
  IconCheck, IconKeyboard, IconLanguage, IconLogout, IconMoon, IconRowInsertBottom, IconUserCircle,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { homeOf, useOrganisation, useSession } from '@/api';
import { offered_locales, useText } from '@/i18n';
import { Avatar, Keys } from '@/ui';
import classes from './Rail.module.css';
import { useChangeMe } from './useChangeMe';
import { openShortcuts } from './shell_state';
import { useSignOut } from './useSignOut';

const themes = ['system', 'light', 'dark'] as const;
const densities = ['comfortable', 'compact'] as const;

/** My own menu: language, theme, density, shortcuts, account, sign out. */
export function OwnMenu() {
  const { t } = useText();
  const org = useOrganisation();
  const { person } = useSession();
  const changeMe = useChangeMe();
  const signOut = useSignOut();
  return (
    <Menu position="right-end" width={264} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes.item}>
          <Avatar name={person.name} />
          <span>{t('app.me')}</span>
          <span className="visually-hidden">{person.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.email}</Menu.Label>
        <Menu.Item
          leftSection={<IconUserCircle size={16} />}
          component={Link}
          to={`${homeOf(org)}/settings/my-account`}
          closeMenuOnClick
        >
          {t('app.my_account')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={16} />}
          rightSection={<Keys keys="?" />}
          closeMenuOnClick
          onClick={openShortcuts}
        >
          {t('app.shortcuts')}
        </Menu.Item>
        <Menu.Divider />
        <ChoiceItems
          icon={<IconLanguage size={16} />}
          label={t('app.language')}
          choices={offered_locales.map((locale) => ({ name: locale, label: t(`locale.${locale}`) }))}
          chosen={person.locale}
          onChoose={(locale) => changeMe({ locale })}
        />
        <ChoiceItems
          icon={<IconMoon size={16} />}
          label={t('app.theme')}
          choices={themes.map((theme) => ({ name: theme, label: t(`app.theme_${theme}`) }))}
          chosen={person.theme}
          onChoose={(theme) => changeMe({ theme })}
        />
        <ChoiceItems
          icon={<IconRowInsertBottom size={16} />}
          label={t('app.density')}
          choices={densities.map((density) => ({ name: density, label: t(`app.density_${density}`) }))}
          chosen={person.density}
          onChoose={(density) => changeMe({ density })}
        />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} closeMenuOnClick onClick={() => void signOut()}>
          {t('app.sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoiceItemsProps<Name extends string> {
  icon: ReactNode;
  label: string;
  choices: { name: Name; label: string }[];
  chosen: string;
  onChoose: (name: Name) => void;
}

function ChoiceItems<Name extends string>({ icon, label, choices, chosen, onChoose }: ChoiceItemsProps<Name>) {
  return (
    <Menu.Sub position="right-end">
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={icon}>{label}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.name}
            role="menuitemradio"
            aria-checked={choice.name === chosen}
            rightSection={choice.name === chosen ? <IconCheck size={14} aria-hidden="true" /> : null}
            onClick={() => onChoose(choice.name)}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
